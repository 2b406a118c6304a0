import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CachePolicy } from '../request/engine.js';

/** How long a browser or a proxy may keep an answer before it asks whether that is still good, where nothing says otherwise. */
export const USUAL_POLICY: CachePolicy = { maxAge: 60, isPrivate: false };

const policies = new WeakMap<ServerResponse, CachePolicy>();

/** From now on an answer is one of this policy. */
export function tagBy(response: ServerResponse, policy: CachePolicy | null): void {
  if (policy) policies.set(response, policy);
}

/** Whether `if-none-match` names a tag, by weak comparison (RFC 9110, 13.1.2); in time that grows with its length alone. */
const matches = (header: string, tag: string): boolean =>
  header.trim() === '*' ||
  header.split(',').some((entry) => {
    const known = entry.trim();
    return known === tag || `W/${known}` === tag;
  });

/** Gives a whole answer to a GET that may be kept a tag, and answers 304 to who has it already. Answers with errors are not for keeping. */
export async function tagAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (
    (request.method !== 'GET' && request.method !== 'HEAD') ||
    reply.statusCode !== 200 ||
    typeof payload !== 'string' ||
    !payload.startsWith('{"data"')
  )
    return payload;
  const { maxAge, isPrivate } = policies.get(reply.raw) ?? USUAL_POLICY;
  if (maxAge === 0) return payload;
  // Weak, since the response may be sent in several encodings.
  const tag = `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 22)}"`;
  reply.header('etag', tag).header('cache-control', `${isPrivate ? 'private' : 'public'}, max-age=${maxAge}`);
  if (!matches(request.headers['if-none-match'] ?? '', tag)) return payload;
  reply.code(304).removeHeader('content-length');
  return '';
}
