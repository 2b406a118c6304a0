import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { ServerCode } from './catalogue.js';
import { RequestFault } from './faults.js';

export const GRAPHQL_RESPONSE = 'application/graphql-response+json';
const ANSWERED = ['application/json', GRAPHQL_RESPONSE];
const PLAIN = new Set(['*/*', 'application/json', 'application/json, */*', GRAPHQL_RESPONSE]);

/**
 * Refuses, before anything is read or run, a request to `/graphql` for what is not answered there. Whoever would rather
 * have HTML, as a browser's address bar, gets JSON.
 */
export function negotiate(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const fault = faultOf(request);
  done(fault ? new RequestFault(fault) : undefined);
}

function faultOf({ headers, method, raw }: FastifyRequest): ServerCode | null {
  const { accept, 'content-type': type } = headers;
  if (accept !== undefined && !PLAIN.has(accept)) {
    const chosen = new Negotiator(raw).mediaType(ANSWERED);
    if (!chosen) return 'NOT_ACCEPTABLE';
    headers.accept = chosen;
  }
  // A browser asks no leave for a GET of an odd type, and one of them forgets to even where it should.
  return method === 'GET' && type !== undefined && !/^application\/json\s*(;|$)/i.test(type) ? 'UNSUPPORTED_MEDIA_TYPE' : null;
}
