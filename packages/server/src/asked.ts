import type { FastifyRequest } from 'fastify';
import { RequestFault } from './faults.js';
import { isNestedDeeper, NESTED_AT_MOST } from './nesting.js';

/** What a request to `/graphql` asks for, whether it came as a body or in its address. Not yet checked. */
export interface Asked {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: unknown;
}

/** Null where the request is no object, or holds JSON that cannot be read: Apollo Server says so. Throws a RequestFault where that is nested too deeply. */
export function askedBy({ method, body, query }: FastifyRequest): Asked | null {
  if (method !== 'GET') return isObject(body) ? body : null;
  const { variables, extensions, ...rest } = query as Record<string, unknown>;
  try {
    return { ...rest, ...(variables !== undefined && { variables: json(variables) }), ...(extensions !== undefined && { extensions: json(extensions) }) };
  } catch (error) {
    if (error instanceof RequestFault) throw error;
    return null;
  }
}

/** Lets the request ask for something else from now on. */
export function askFor(request: FastifyRequest, asked: Asked): void {
  if (request.method !== 'GET') {
    request.body = asked;
    return;
  }
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  request.raw.url = `/graphql?${search}`;
}

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function json(value: unknown): unknown {
  const text = String(value);
  if (isNestedDeeper(text, NESTED_AT_MOST)) throw new RequestFault('BAD_REQUEST', `The address of the request holds JSON that is nested too deeply; expected at most ${NESTED_AT_MOST} levels.`);
  return JSON.parse(text || 'null');
}
