import type { GraphQLDataSource } from '@apollo/gateway';
import type { SubgraphError, SubgraphRequest, SubgraphResponse } from '../subgraphs/types.js';

type ResponseData = Record<string, unknown>;

interface Representation {
  __typename?: string;
  id?: unknown;
}

/**
 * Corrects the indexes in error paths of entity fetches. @apollo/gateway uses the index of a representation as the index of the
 * object at the fetch's path, but it sends no representation for objects of types that the fetch does not apply to: in a list of
 * several types, an error about the first person is reported at the first actor. This finds the object of each representation in
 * the responses of the root fetches, which @apollo/gateway completes in place.
 */
export function withErrorPaths(): (source: GraphQLDataSource) => GraphQLDataSource {
  const dataByRequest = new WeakMap<object, ResponseData>();

  const process = async (source: GraphQLDataSource, options: SubgraphRequest): Promise<SubgraphResponse> => {
    const response = await source.process(options);
    const representations = options.request.variables?.['representations'] as Representation[] | undefined;
    const data = dataByRequest.get(options.context) ?? (Object.create(null) as ResponseData);
    dataByRequest.set(options.context, data);
    if (!representations) {
      for (const [key, value] of Object.entries(response.data ?? {})) data[key] ??= value;
      return response;
    }
    if (!response.errors) return response;
    const indexes = indexesOf(representations, objectsAt(data, pathOf(options)));
    const errors = response.errors.map((error) => relocate(indexes, error as SubgraphError));
    return { ...response, errors } as unknown as SubgraphResponse;
  };

  return (source) => ({ process: (options) => process(source, options) });
}

const pathOf = (options: SubgraphRequest): readonly (string | number)[] =>
  ('pathInIncomingRequest' in options && options.pathInIncomingRequest) || [];

/** The objects at a path, in order, without nulls, for which @apollo/gateway sends no representation. */
function objectsAt(value: unknown, path: readonly (string | number)[]): unknown[] {
  const [head, ...rest] = path;
  if (value === null || value === undefined) return [];
  if (head === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((element) => objectsAt(element, head === '@' ? rest : path));
  return objectsAt((value as ResponseData)[head], rest);
}

/** The index of the object of each representation. Representations are in the order of the objects, with gaps. */
function indexesOf(representations: Representation[], objects: unknown[]): number[] {
  let next = 0;
  return representations.map((representation, index) => {
    let found = next;
    while (found < objects.length && !isOf(representation, objects[found] as Representation)) found++;
    if (found === objects.length) return index;
    next = found + 1;
    return found;
  });
}

const isOf = (representation: Representation, object: Representation): boolean =>
  representation.__typename === object.__typename && representation.id === object.id;

function relocate(indexes: number[], error: SubgraphError): SubgraphError {
  const { path } = error;
  const [root, index, ...rest] = path ?? [];
  if (root === undefined || typeof index !== 'number') return error;
  return { ...error, path: [root, indexes[index] ?? index, ...rest] };
}
