import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CachePolicy } from '../request/engine.js';
import { isSafe } from '../request/methods.js';

/** The policy of operations without cache hints. */
export const DEFAULT_POLICY: CachePolicy = { maxAge: 60, isPrivate: false };

const policies = new WeakMap<ServerResponse, CachePolicy>();

/** Sets the cache policy that `entityTagHook` sends. */
export function setCachePolicy(response: ServerResponse, policy: CachePolicy): void {
  policies.set(response, policy);
}

/** The entity tag of a body. Weak, since the body may be sent in several encodings. */
export const entityTagOf = (body: string): string =>
  `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

/**
 * Whether the client has the response with this tag: `if-none-match` contains it, by weak comparison (RFC 9110, 13.1.2). Takes time
 * linear in the header's length.
 */
export function hasCurrent({ headers }: FastifyRequest, tag: string): boolean {
  const header = headers['if-none-match'] ?? '';
  return (
    header.trim() === '*' ||
    header.split(',').some((entry) => {
      const candidate = entry.trim();
      return candidate === tag || `W/${candidate}` === tag;
    })
  );
}

/**
 * An onSend hook that adds `etag` and `cache-control` to the response of a GET if its policy allows caching, and replaces it with
 * 304 if the client has it. Responses with errors are not cacheable.
 */
export async function entityTagHook(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (
    !isSafe(request) ||
    reply.statusCode !== 200 ||
    typeof payload !== 'string' ||
    // `errors` come before `data`.
    !payload.startsWith('{"data"')
  )
    return payload;
  const { maxAge, isPrivate } = policies.get(reply.raw) ?? DEFAULT_POLICY;
  if (maxAge === 0) return payload;
  const tag = entityTagOf(payload);
  reply.header('etag', tag).header('cache-control', `${isPrivate ? 'private' : 'public'}, max-age=${maxAge}`);
  if (!hasCurrent(request, tag)) return payload;
  reply.code(304).removeHeader('content-length');
  return '';
}
