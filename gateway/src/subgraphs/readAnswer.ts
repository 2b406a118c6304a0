import { SubgraphFailure } from './failure.js';
import { type ParsedJson, parseExactly } from './parseExactly.js';
import type { SubgraphError } from './types.js';

/** A subgraph's answer: data, with errors of single fields; or errors alone, where it refused the request. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: SubgraphError[];
  /** Whether there are numbers in it that JavaScript would alter; see InexactNumber. */
  hasInexactNumbers?: boolean;
}

/** Reads the body of a response, of status 200 or 400, as GraphQL. `entities`: how many were asked for, null for a root fetch. */
export function readAnswer(status: number, body: string, entities: number | null): Answer {
  const { value: answer, hasInexactNumbers } = parsed(body);
  if (!isRecord(answer)) throw unreadable('something that is no GraphQL response');
  const { data } = answer;
  const errors = isEmpty(answer['errors']) && status !== 400 ? undefined : answer['errors'];
  if (errors !== undefined && !(Array.isArray(errors) && errors.length > 0 && errors.every(isError)))
    throw unreadable('errors that are none');
  // 400 is how a server refuses a request whose values are wrong, and says in which.
  if (status === 400 || data === undefined) {
    if (!errors) throw unreadable('neither data nor errors');
    return { errors: errors as SubgraphError[] };
  }
  if (data !== null && !isRecord(data)) throw unreadable('data that is no object');
  if (data === null && !errors) throw unreadable('neither data nor errors');
  if (data !== null && entities !== null && !hasEntities(data, entities))
    throw unreadable('other entities than were asked for');
  return {
    data,
    ...(errors !== undefined && { errors: errors as SubgraphError[] }),
    ...(hasInexactNumbers && { hasInexactNumbers }),
  };
}

const unreadable = (what: string) => new SubgraphFailure('SUBGRAPH_BAD_ANSWER', `answered with ${what}`);

/** Some servers write these beside data that is whole. */
const isEmpty = (errors: unknown): boolean => errors === null || (Array.isArray(errors) && errors.length === 0);

function parsed(body: string): ParsedJson {
  try {
    return parseExactly(body);
  } catch {
    throw unreadable('something that is no JSON');
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isError = (error: unknown): boolean =>
  isRecord(error) &&
  typeof error['message'] === 'string' &&
  (isAbsent(error['path']) || isPath(error['path'])) &&
  (isAbsent(error['extensions']) || isRecord(error['extensions']));

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const isPath = (path: unknown): boolean =>
  Array.isArray(path) && path.every((step) => typeof step === 'string' || typeof step === 'number');

const hasEntities = ({ _entities }: Record<string, unknown>, count: number): boolean =>
  Array.isArray(_entities) &&
  _entities.length === count &&
  _entities.every((entity) => entity === null || isRecord(entity));
