import { isObjectLike } from '@dossier/graphql';
import { SubgraphFailure } from './failure.js';
import { type ParsedJson, parseExactly } from './parseExactly.js';
import type { SubgraphError } from './types.js';

/** A subgraph's response: data with field errors, or only errors if the request was rejected. */
export interface ParsedResponse {
  data?: Record<string, unknown> | null;
  errors?: SubgraphError[];
  /** Whether it contains numbers that a JavaScript number cannot represent; see InexactNumber. */
  hasInexactNumbers?: boolean;
}

/**
 * Parses the body of a response with status 200 or 400. `entities` is the number of representations that were sent, null for a
 * root fetch. Throws a SubgraphFailure if the body is not a GraphQL response.
 * GraphQL specification, 7.1 Response Format: https://spec.graphql.org/October2021/#sec-Response-Format
 */
export function parseResponse(status: number, body: string, entities: number | null): ParsedResponse {
  const { value: response, hasInexactNumbers } = parseJson(body);
  if (!isObjectLike(response)) throw invalidResponse('not a GraphQL response');
  const { data } = response;
  const errors = isEmpty(response['errors']) && status !== 400 ? undefined : response['errors'];
  if (errors !== undefined && !(Array.isArray(errors) && errors.length > 0 && errors.every(isError)))
    throw invalidResponse('invalid errors');
  // With status 400, servers reject a request as a whole, e.g. for an invalid variable, and name the cause in the errors.
  if (status === 400 || data === undefined) {
    if (!errors) throw invalidResponse('neither data nor errors');
    return { errors: errors as SubgraphError[] };
  }
  if (data !== null && !isObjectLike(data)) throw invalidResponse('data that is not an object');
  if (data === null && !errors) throw invalidResponse('neither data nor errors');
  if (data !== null && entities !== null && !hasEntities(data, entities))
    throw invalidResponse('_entities do not match the representations');
  return {
    data,
    ...(errors !== undefined && { errors: errors as SubgraphError[] }),
    ...(hasInexactNumbers && { hasInexactNumbers }),
  };
}

const invalidResponse = (problem: string) => new SubgraphFailure('SUBGRAPH_BAD_ANSWER', `invalid response: ${problem}`);

/** Some servers send null or an empty list of errors with complete data, which the specification does not allow. */
const isEmpty = (errors: unknown): boolean => errors === null || (Array.isArray(errors) && errors.length === 0);

function parseJson(body: string): ParsedJson {
  try {
    return parseExactly(body);
  } catch {
    throw invalidResponse('not JSON');
  }
}

const isError = (error: unknown): boolean =>
  isObjectLike(error) &&
  typeof error['message'] === 'string' &&
  (isAbsent(error['path']) || isPath(error['path'])) &&
  (isAbsent(error['extensions']) || isObjectLike(error['extensions']));

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const isPath = (path: unknown): boolean =>
  Array.isArray(path) && path.every((segment) => typeof segment === 'string' || typeof segment === 'number');

const hasEntities = ({ _entities }: Record<string, unknown>, count: number): boolean =>
  Array.isArray(_entities) &&
  _entities.length === count &&
  _entities.every((entity) => entity === null || isObjectLike(entity));
