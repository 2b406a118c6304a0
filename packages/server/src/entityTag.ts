import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** How long a browser or a proxy may keep an answer before it asks whether that is still good. */
const CACHE_CONTROL = 'public, max-age=60';

/** Gives a whole answer to a GET a tag, and answers 304 to who has it already. Answers with errors are not for keeping. */
export async function tagAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (request.method !== 'GET' || reply.statusCode !== 200 || typeof payload !== 'string' || !payload.startsWith('{"data"')) return payload;
  const tag = `"${createHash('sha256').update(payload).digest('base64url').slice(0, 22)}"`;
  reply.header('etag', tag).header('cache-control', CACHE_CONTROL);
  if (!request.headers['if-none-match']?.split(/\s*,\s*/).some((known) => known.replace(/^W\//, '') === tag)) return payload;
  reply.code(304).removeHeader('content-length');
  return '';
}
