import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { RequestFault } from './faults.js';

const ANSWERED = ['application/json', 'application/graphql-response+json'];
const PLAIN = new Set(['*/*', 'application/json', 'application/json, */*', 'application/graphql-response+json']);

/**
 * Refuses, before anything is read or run, a request to `/graphql` for what is not answered there. Whoever would rather
 * have HTML, as a browser's address bar, gets JSON.
 */
export function negotiate(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const { headers, method } = request;
  const { accept } = headers;
  if (accept !== undefined && !PLAIN.has(accept)) {
    const chosen = new Negotiator(request.raw).mediaType(ANSWERED);
    if (!chosen) return done(new RequestFault('NOT_ACCEPTABLE'));
    headers.accept = chosen;
  }
  // A browser asks no leave for a GET of an odd type, and one of them forgets to even where it should.
  const type = headers['content-type'];
  if (method === 'GET' && type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) return done(new RequestFault('UNSUPPORTED_MEDIA_TYPE'));
  done();
}
