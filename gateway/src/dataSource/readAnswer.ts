import type { SubgraphError } from './types.js';

/** A subgraph's answer: data, with errors of single fields; or errors alone, where it refused the request. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: SubgraphError[];
}

/** Reads a response as GraphQL, or throws an Error that says for the log in what it is none. `entities`: how many were asked for, null for a root fetch. */
export function readAnswer(status: number, body: string, entities: number | null): Answer {
  // 400 is how a server refuses a request whose values are wrong, and says in which.
  if (status !== 200 && status !== 400) throw new Error(`answered with status ${status}`);
  const answer: unknown = JSON.parse(body);
  if (!isRecord(answer)) throw new Error('answered with something that is no GraphQL response');
  const { data, errors } = answer;
  if (errors !== undefined && !(Array.isArray(errors) && errors.length > 0 && errors.every(isError))) throw new Error('answered with errors that are none');
  if (status === 400 || data === undefined) {
    if (!errors) throw new Error('answered with neither data nor errors');
    return { errors: errors as SubgraphError[] };
  }
  if (data !== null && !isRecord(data)) throw new Error('answered with data that is no object');
  if (data === null && !errors) throw new Error('answered with neither data nor errors');
  if (data !== null && entities !== null && !hasEntities(data, entities)) throw new Error('answered with other entities than were asked for');
  return { data, ...(errors !== undefined && { errors: errors as SubgraphError[] }) };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isError = (error: unknown): boolean =>
  isRecord(error) && typeof error['message'] === 'string' && (error['path'] === undefined || isPath(error['path'])) && (error['extensions'] === undefined || isRecord(error['extensions']));

const isPath = (path: unknown): boolean => Array.isArray(path) && path.every((step) => typeof step === 'string' || typeof step === 'number');

const hasEntities = ({ _entities }: Record<string, unknown>, count: number): boolean =>
  Array.isArray(_entities) && _entities.length === count && _entities.every((entity) => entity === null || isRecord(entity));
