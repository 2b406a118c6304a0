import { createHash } from 'node:crypto';
import { createDocumentCache, getOwn, type ObjMap } from '@dossier/graphql';
import type { FastifyRequest } from 'fastify';
import { isObject, parsedParams } from '../request/params.js';

const NAME_LENGTH = 100;
const NAMED = /^\s*(?:query|mutation|subscription)\s+(\w+)/;

/** Which operation a request asked for: its name, and the start of its SHA-256, by which the same is told from others. Never its values. */
export function operationOf(request: FastifyRequest): { operation?: string; digest?: string } {
  const params = parsedParams(request);
  if (!params) return {};
  const { operationName, query, extensions } = params;
  const name = operationName ?? (query === null ? undefined : NAMED.exec(query)?.[1]);
  const hash = query === null ? persistedHash(extensions) : hashOf(query);
  return { ...(name && { operation: name.slice(0, NAME_LENGTH) }), ...(hash && { digest: hash.slice(0, 16) }) };
}

/** Clients send the same few documents again and again. */
const hashes = createDocumentCache<string>({ maxEntries: 1000, maxCharacters: 4 * 1024 * 1024 });

function hashOf(source: string): string {
  const known = hashes.get(source);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(source).digest('hex');
  hashes.set(source, hash);
  return hash;
}

/** The hash by which a client asks for a document that is remembered. */
function persistedHash({ persistedQuery }: ObjMap): string | undefined {
  const hash = isObject(persistedQuery) ? getOwn(persistedQuery, 'sha256Hash') : undefined;
  return typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? hash : undefined;
}
