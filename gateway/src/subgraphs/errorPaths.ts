import type { GraphQLDataSource } from '@apollo/gateway';
import type { SubgraphError, SubgraphRequest, SubgraphResponse } from './types.js';

type Tree = Record<string, unknown>;

interface Representation {
  __typename?: string;
  id?: unknown;
}

/**
 * Gives errors of an entity fetch the element they belong to. The gateway takes the index of a representation for the
 * index of an object at the fetch's place, but makes no representation of an object whose type the fetch is not for: in
 * a list of several types, an error about the first person lands on the first actor. Here each representation is found
 * again among those objects, in the answers of the root fetches, which the gateway completes in place.
 */
export function withErrorPaths(): (source: GraphQLDataSource) => GraphQLDataSource {
  const trees = new WeakMap<object, Tree>();

  const process = async (source: GraphQLDataSource, options: SubgraphRequest): Promise<SubgraphResponse> => {
    const response = await source.process(options);
    const representations = options.request.variables?.['representations'] as Representation[] | undefined;
    const tree = trees.get(options.context) ?? (Object.create(null) as Tree);
    trees.set(options.context, tree);
    if (!representations) {
      for (const [key, value] of Object.entries(response.data ?? {})) tree[key] ??= value;
      return response;
    }
    if (!response.errors) return response;
    const places = placesOf(representations, objectsAt(tree, pathOf(options)));
    const errors = response.errors.map((error) => movedTo(places, error as SubgraphError));
    return { ...response, errors } as unknown as SubgraphResponse;
  };

  return (source) => ({ process: (options) => process(source, options) });
}

const pathOf = (options: SubgraphRequest): readonly (string | number)[] =>
  ('pathInIncomingRequest' in options && options.pathInIncomingRequest) || [];

/** The objects at a path, in order, nulls left out as the gateway leaves them out. */
function objectsAt(value: unknown, path: readonly (string | number)[]): unknown[] {
  const [head, ...rest] = path;
  if (value === null || value === undefined) return [];
  if (head === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((element) => objectsAt(element, head === '@' ? rest : path));
  return objectsAt((value as Tree)[head], rest);
}

/** For each representation the index of its object: representations keep the objects' order, some have none. */
function placesOf(representations: Representation[], objects: unknown[]): number[] {
  let next = 0;
  return representations.map((representation, index) => {
    let place = next;
    while (place < objects.length && !isOf(representation, objects[place] as Representation)) place++;
    if (place === objects.length) return index;
    next = place + 1;
    return place;
  });
}

const isOf = (representation: Representation, object: Representation): boolean =>
  representation.__typename === object.__typename && representation.id === object.id;

function movedTo(places: number[], error: SubgraphError): SubgraphError {
  const { path } = error;
  const [root, index, ...rest] = path ?? [];
  if (root === undefined || typeof index !== 'number') return error;
  return { ...error, path: [root, places[index] ?? index, ...rest] };
}
