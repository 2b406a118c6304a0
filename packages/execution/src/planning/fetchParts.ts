import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** A part of an entity fetch: with some of the fields that it selects on entities, and without some that it requires. */
export function partOf(
  fetch: FetchNode,
  operation: OperationDefinitionNode,
  isSelected: (field: FieldNode) => boolean,
  isNotRequired: (name: string) => boolean,
): FetchNode {
  const part = withEntityFields(operation, isSelected);
  const variables = new Set<string>();
  visit(part.selectionSet, { Variable: ({ name }) => void variables.add(name.value) });
  const definitions = part.variableDefinitions?.filter(({ variable }) => variables.has(variable.name.value)) ?? [];
  return {
    ...fetch,
    requires: withoutFields(fetch.requires ?? [], isNotRequired),
    variableUsages: (fetch.variableUsages ?? []).filter((name) => variables.has(name)),
    operation: compact(print({ ...part, variableDefinitions: definitions })),
  };
}

const withoutFields = (
  selections: readonly QueryPlanSelectionNode[],
  isRemoved: (name: string) => boolean,
): QueryPlanSelectionNode[] =>
  selections.flatMap((selection) => {
    if (selection.kind === 'Field' && isRemoved(selection.name)) return [];
    return [
      selection.selections ? { ...selection, selections: withoutFields(selection.selections, isRemoved) } : selection,
    ];
  });

/** The operation that a fetch sends. */
export function operationOf({ operation }: FetchNode): OperationDefinitionNode {
  const [definition] = parse(operation, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('A fetch has no operation.');
  return definition;
}

/** Calls `onField` for each field that is selected on an entity, with the type that it is selected on. */
export function forEachEntityField(
  operation: OperationDefinitionNode,
  onField: (type: string, field: FieldNode) => void,
): void {
  const visitFields = ({ selections }: SelectionSetNode, type: string): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) onField(type, selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        visitFields(selection.selectionSet, selection.typeCondition?.name.value ?? type);
    }
  };
  for (const selection of operation.selectionSet.selections)
    if (selection.kind === Kind.FIELD && selection.selectionSet) visitFields(selection.selectionSet, '_Entity');
}

function withEntityFields(
  operation: OperationDefinitionNode,
  isSelected: (field: FieldNode) => boolean,
): OperationDefinitionNode {
  const filter = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return isSelected(selection) ? [selection] : [];
      if (selection.kind !== Kind.INLINE_FRAGMENT) return [selection];
      const selectionSet = filter(selection.selectionSet);
      return selectionSet.selections.length > 0 ? [{ ...selection, selectionSet }] : [];
    }),
  });
  return {
    ...operation,
    selectionSet: {
      ...operation.selectionSet,
      selections: operation.selectionSet.selections.map((selection) =>
        selection.kind === Kind.FIELD && selection.selectionSet
          ? { ...selection, selectionSet: filter(selection.selectionSet) }
          : selection,
      ),
    },
  };
}

/** On one line, as the planner prints operations. */
export const compact = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
