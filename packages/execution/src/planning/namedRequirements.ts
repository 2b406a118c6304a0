import type { FetchDataRewrite, FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type ArgumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { SplitSupergraph } from './requiredFields.js';

type Required = Pick<SplitSupergraph, 'fields' | 'requiredBy'>;

/**
 * Turns the names that `splitRequiredFields` gave to required fields back: fetches select the real field with its arguments,
 * under that name as an alias, and representations have it under its own. A fetch of fields that require one field with
 * different arguments becomes one fetch for each, since a representation can have it once.
 */
export function namedRequirements(plan: QueryPlan, required: Required): QueryPlan {
  if (required.fields.size === 0 || !plan.node || plan.node.kind === 'Subscription') return plan;
  return { ...plan, node: inNode(plan.node, required) };
}

function inNode(node: PlanNode, required: Required): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((child) => inNode(child, required)) };
    case 'Flatten': {
      const inner = inNode(node.node, required);
      if (inner.kind !== 'Parallel') return { ...node, node: inner };
      return { kind: 'Parallel', nodes: inner.nodes.map((child) => ({ ...node, node: child })) };
    }
    case 'Fetch': {
      const fetches = splitFetch(node, required).map((fetch) => withRealFields(fetch, required));
      return fetches.length === 1 ? (fetches[0] as FetchNode) : { kind: 'Parallel', nodes: fetches };
    }
    default:
      return node;
  }
}

/** One fetch for each group of fields whose requirements a single representation can have. */
function splitFetch(fetch: FetchNode, required: Required): FetchNode[] {
  const used = namesIn(fetch.requires ?? [], required);
  if (!conflicts(used, required)) return [fetch];
  const operation = operationOf(fetch);
  const groups: Set<string>[] = [];
  const groupOf = (names: ReadonlySet<string>): number => {
    const found = groups.findIndex((group) => !conflicts(new Set([...group, ...names]), required));
    const index = found >= 0 ? found : groups.push(new Set()) - 1;
    for (const name of names) groups[index]?.add(name);
    return index;
  };
  const groupOfField = new Map<FieldNode, number>();
  forEachEntityField(operation, (type, field) =>
    groupOfField.set(
      field,
      groupOf(
        new Set([...(required.requiredBy.get(`${type}.${field.name.value}`) ?? [])].filter((name) => used.has(name))),
      ),
    ),
  );
  return groups.map((group, index) => {
    const own = withEntityFields(operation, (field) => groupOfField.get(field) === index);
    const variables = new Set<string>();
    visit(own.selectionSet, { Variable: ({ name }) => void variables.add(name.value) });
    const definitions = own.variableDefinitions?.filter(({ variable }) => variables.has(variable.name.value)) ?? [];
    return {
      ...fetch,
      requires: withoutFields(fetch.requires ?? [], (name) => required.fields.has(name) && !group.has(name)),
      variableUsages: (fetch.variableUsages ?? []).filter((name) => variables.has(name)),
      operation: compact(print({ ...own, variableDefinitions: definitions })),
    };
  });
}

/** The fetch with required fields as the subgraphs know them. */
function withRealFields(fetch: FetchNode, { fields }: Required): FetchNode {
  const isUsed = [...fields.keys()].some((name) => fetch.operation.includes(name));
  const renames = renamesIn(fetch.requires ?? [], fields, []);
  if (!isUsed && renames.length === 0) return fetch;
  const operation = visit(operationOf(fetch), {
    Field: (node) => {
      const field = fields.get(node.name.value);
      if (!field) return undefined;
      return {
        ...node,
        alias: node.alias ?? { kind: Kind.NAME, value: node.name.value },
        name: { kind: Kind.NAME, value: field.name },
        arguments: argumentsOf(field.args),
      };
    },
  });
  return {
    ...fetch,
    operation: compact(print(operation)),
    ...(renames.length > 0 && { inputRewrites: [...(fetch.inputRewrites ?? []), ...renames] }),
  };
}

function renamesIn(
  selections: readonly QueryPlanSelectionNode[],
  fields: Required['fields'],
  path: readonly string[],
): FetchDataRewrite[] {
  return selections.flatMap((selection): FetchDataRewrite[] => {
    if (selection.kind === 'InlineFragment')
      return renamesIn(
        selection.selections,
        fields,
        selection.typeCondition ? [...path, `... on ${selection.typeCondition}`] : path,
      );
    const key = selection.alias ?? selection.name;
    // From the inside out, since a renamed object is not found under its old key.
    const within = renamesIn(selection.selections ?? [], fields, [...path, key]);
    const field = fields.get(selection.name);
    return field ? [...within, { kind: 'KeyRenamer', path: [...path, key], renameKeyTo: field.name }] : within;
  });
}

const namesIn = (selections: readonly QueryPlanSelectionNode[], required: Required): Set<string> =>
  new Set(
    selections.flatMap((selection) => [
      ...(selection.kind === 'Field' && required.fields.has(selection.name) ? [selection.name] : []),
      ...namesIn(selection.selections ?? [], required),
    ]),
  );

/** Whether two of these names stand for one field. */
function conflicts(names: ReadonlySet<string>, { fields }: Required): boolean {
  const real = [...names].map((name) => fields.get(name)?.name);
  return new Set(real).size < real.length;
}

const withoutFields = (
  selections: readonly QueryPlanSelectionNode[],
  isLeftOut: (name: string) => boolean,
): QueryPlanSelectionNode[] =>
  selections.flatMap((selection) => {
    if (selection.kind === 'Field' && isLeftOut(selection.name)) return [];
    return [
      selection.selections ? { ...selection, selections: withoutFields(selection.selections, isLeftOut) } : selection,
    ];
  });

function operationOf({ operation }: FetchNode): OperationDefinitionNode {
  const [definition] = parse(operation, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('A fetch has no operation.');
  return definition;
}

/** Calls back with each field that is selected on an entity, and the type that it is selected on. */
function forEachEntityField(
  operation: OperationDefinitionNode,
  onField: (type: string, field: FieldNode) => void,
): void {
  const look = ({ selections }: SelectionSetNode, type: string): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) onField(type, selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        look(selection.selectionSet, selection.typeCondition?.name.value ?? type);
    }
  };
  for (const selection of operation.selectionSet.selections)
    if (selection.kind === Kind.FIELD && selection.selectionSet) look(selection.selectionSet, '_Entity');
}

function withEntityFields(
  operation: OperationDefinitionNode,
  isKept: (field: FieldNode) => boolean,
): OperationDefinitionNode {
  const keep = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return isKept(selection) ? [selection] : [];
      if (selection.kind !== Kind.INLINE_FRAGMENT) return [selection];
      const selectionSet = keep(selection.selectionSet);
      return selectionSet.selections.length > 0 ? [{ ...selection, selectionSet }] : [];
    }),
  });
  return {
    ...operation,
    selectionSet: {
      ...operation.selectionSet,
      selections: operation.selectionSet.selections.map((selection) =>
        selection.kind === Kind.FIELD && selection.selectionSet
          ? { ...selection, selectionSet: keep(selection.selectionSet) }
          : selection,
      ),
    },
  };
}

function argumentsOf(written: string): readonly ArgumentNode[] {
  if (!written) return [];
  const [definition] = parse(`{ field${written} }`, { noLocation: true }).definitions;
  const [field] = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
  return field?.kind === Kind.FIELD ? (field.arguments ?? []) : [];
}

/** As the planner prints operations. */
const compact = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
