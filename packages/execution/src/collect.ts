import { getOwn } from '@dossier/graphql';
import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { ScalarValidators } from './leaf.js';
import type { IsOfType } from './typeConditions.js';

/** What selections are read with: the operation's fragments, and its variables of `@skip` and `@include`. */
export interface Selecting {
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Readonly<Record<string, unknown>>;
  isOfType: IsOfType;
  /** Whether all that was selected has to be there: null then has to be given, it is not left out. */
  isComplete?: boolean;
  /** Of scalars whose values are validated. */
  validators?: ScalarValidators;
  /** Interfaces that are names of types all the same, where a subgraph answers that holds them as object types. */
  interfaceObjects?: ReadonlySet<string>;
}

const responseKey = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The fields that a type has in these selection sets, in the order of the operation (GraphQL, 6.3.2 CollectFields): by response key, or by another key. */
export function collectFields(
  typename: string,
  sets: readonly SelectionSetNode[],
  selecting: Selecting,
  keyOf: (node: FieldNode) => string = responseKey,
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  const visit = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (!isIncluded(selection, selecting)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = keyOf(selection);
        const nodes = fields.get(key);
        if (nodes) nodes.push(selection);
        else fields.set(key, [selection]);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (visited.has(selection.name.value)) continue;
        visited.add(selection.name.value);
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : selecting.fragments.get(selection.name.value);
      const condition = fragment?.typeCondition?.name.value;
      if (fragment && (!condition || selecting.isOfType(typename, condition))) visit(fragment.selectionSet);
    }
  };
  for (const set of sets) visit(set);
  return fields;
}

/** Whether `@skip` and `@include` leave a selection in (GraphQL, 3.13.1 and 3.13.2). */
export function isIncluded(selection: SelectionNode, { variables }: Selecting): boolean {
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const value = directive.arguments?.[0]?.value;
    const holds =
      value?.kind === Kind.VARIABLE
        ? getOwn(variables, value.name.value) === true
        : value?.kind === Kind.BOOLEAN && value.value;
    if (holds === (name === 'skip')) return false;
  }
  return true;
}

/** Names of the variables that decide what is selected. */
export function deciding(nodes: readonly { selectionSet: SelectionSetNode }[]): string[] {
  const names = new Set<string>();
  const visit = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      for (const directive of selection.directives ?? []) {
        const value = directive.arguments?.[0]?.value;
        if ((directive.name.value === 'skip' || directive.name.value === 'include') && value?.kind === Kind.VARIABLE)
          names.add(value.name.value);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) visit(selection.selectionSet);
    }
  };
  for (const { selectionSet } of nodes) visit(selectionSet);
  return [...names];
}
