import { type DocumentNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { SubgraphError, SubgraphResponse } from './types.js';

interface Representation {
  __typename?: string;
}

type Path = (string | number)[];

/**
 * The answer in place of a subgraph that gave none: every field that was asked of it is null, with an error that has the
 * field's path. Nothing of what went wrong on the way is told: that is for the log.
 */
export function unavailable(service: string, document: DocumentNode, variables: Record<string, unknown> | undefined): SubgraphResponse {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const roots = operation ? fieldsOf(operation.selectionSet) : [];
  const entities = roots.find(({ name }) => name === '_entities');
  const representations = (variables?.['representations'] ?? []) as Representation[];
  const paths: Path[] = entities
    ? representations.flatMap((representation, index) => fieldsOf(entities.selectionSet, representation.__typename).map(({ key }) => [entities.key, index, key]))
    : roots.map(({ key }) => [key]);
  const data = entities ? { [entities.key]: representations.map(() => null) } : Object.fromEntries(roots.map(({ key }) => [key, null]));
  return { data, errors: paths.map((path) => errorAt(service, path)) } as unknown as SubgraphResponse;
}

const errorAt = (service: string, path: Path): SubgraphError => ({
  message: `The "${service}" subgraph could not be reached.`,
  path,
  extensions: { code: 'SUBGRAPH_UNAVAILABLE', service },
});

interface Field {
  key: string;
  name: string;
  selectionSet: SelectionSetNode | undefined;
}

/** The fields that are selected, on a type where one is given; `__typename` is known without asking. */
function fieldsOf(selections: SelectionSetNode | undefined, type?: string): Field[] {
  return (selections?.selections ?? []).flatMap((selection: SelectionNode): Field[] => {
    if (selection.kind === Kind.FIELD) {
      return selection.name.value === '__typename' ? [] : [{ key: selection.alias?.value ?? selection.name.value, name: selection.name.value, selectionSet: selection.selectionSet }];
    }
    if (selection.kind !== Kind.INLINE_FRAGMENT) return [];
    const condition = selection.typeCondition?.name.value;
    return type && condition && condition !== type && condition !== 'Actor' && condition !== 'Node' && condition !== 'Sourced' ? [] : fieldsOf(selection.selectionSet, type);
  });
}
