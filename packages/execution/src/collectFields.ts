import { getOwn } from '@dossier/graphql';
import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { ScalarValidators } from './response/leaf.js';
import type { IsOfType } from './typeConditions.js';

/** What is needed to collect the fields of a selection set. */
export interface CollectContext {
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced variables of `@skip` and `@include`. */
  variables: Readonly<Record<string, unknown>>;
  isOfType: IsOfType;
  /** Whether a missing field is invalid. If not, it is completed as null. */
  requiresAllFields?: boolean;
  /** Validators of custom scalars; others may have any JSON value. */
  validators?: ScalarValidators;
  /** Interfaces whose name is a valid `__typename`, since the subgraph defines them as object types. */
  interfaceObjects?: ReadonlySet<string>;
}

const responseKey = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/**
 * The fields that selection sets select on an object type, in order and grouped by response key, or by `keyOf`.
 * GraphQL specification, 6.3.2 Field Collection: https://spec.graphql.org/October2021/#sec-Field-Collection
 */
export function collectFields(
  typename: string,
  sets: readonly SelectionSetNode[],
  context: CollectContext,
  keyOf: (node: FieldNode) => string = responseKey,
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  const visit = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (!isIncluded(selection, context)) continue;
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
        selection.kind === Kind.INLINE_FRAGMENT ? selection : context.fragments.get(selection.name.value);
      const condition = fragment?.typeCondition?.name.value;
      if (fragment && (!condition || context.isOfType(typename, condition))) visit(fragment.selectionSet);
    }
  };
  for (const set of sets) visit(set);
  return fields;
}

/**
 * Whether `@skip` and `@include` include a selection.
 * GraphQL specification, 3.13.1 and 3.13.2: https://spec.graphql.org/October2021/#sec--skip
 */
export function isIncluded(selection: SelectionNode, { variables }: CollectContext): boolean {
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const value = directive.arguments?.[0]?.value;
    const condition =
      value?.kind === Kind.VARIABLE
        ? getOwn(variables, value.name.value) === true
        : value?.kind === Kind.BOOLEAN && value.value;
    if (condition === (name === 'skip')) return false;
  }
  return true;
}

/** Names of the variables in `@skip` and `@include`. */
export function conditionVariables(nodes: readonly { selectionSet: SelectionSetNode }[]): string[] {
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
