import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpError } from '../errors/httpError.js';
import { acceptedType } from './mediaTypes.js';

/** Rejects, before anything is read or executed, a request to `/graphql` for what is not served there. A client that would rather have HTML, as a browser's address bar, gets JSON. */
export function negotiate(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const { headers, method } = request;
  // A browser sends a GET of an odd type without asking, and one of them forgets to ask even where it should.
  const type = headers['content-type'];
  const isOdd = method !== 'POST' && type !== undefined && !/^application\/json\s*(;|$)/i.test(type);
  if (!acceptedType(request)) done(new HttpError('NOT_ACCEPTABLE'));
  else done(isOdd ? new HttpError('UNSUPPORTED_MEDIA_TYPE') : undefined);
}
