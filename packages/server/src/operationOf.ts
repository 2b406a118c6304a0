import { createHash } from 'node:crypto';
import { keptByText } from '@dossier/limits';
import type { FastifyRequest } from 'fastify';

const NAME_LENGTH = 100;
const NAMED = /^\s*(?:query|mutation|subscription)\s+(\w+)/;

/** Which operation a request asked for: its name, and the start of its SHA-256, by which the same is told from others. Never its values. */
export function operationOf({ body, query: search }: FastifyRequest): { operation?: string; digest?: string } {
  const { operationName, query, extensions } = ((isObject(body) ? body : search) ?? {}) as { operationName?: unknown; query?: unknown; extensions?: unknown };
  const name = typeof operationName === 'string' ? operationName : typeof query === 'string' ? NAMED.exec(query)?.[1] : undefined;
  const hash = typeof query === 'string' && query !== '' ? hashOf(query) : persistedHash(extensions);
  return { ...(name && { operation: name.slice(0, NAME_LENGTH) }), ...(hash && { digest: hash.slice(0, 16) }) };
}

/** Clients send the same few documents again and again. */
const hashes = keptByText<string>({ most: 1000, characters: 4 * 1024 * 1024 });

function hashOf(source: string): string {
  const known = hashes.get(source);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(source).digest('hex');
  hashes.set(source, hash);
  return hash;
}

/** The hash by which a client asks for a document that is kept. */
function persistedHash(extensions: unknown): string | undefined {
  const found =
    typeof extensions === 'string'
      ? /"sha256Hash"\s*:\s*"([0-9a-f]{64})"/.exec(extensions)?.[1]
      : isObject(extensions) && isObject(extensions['persistedQuery']) && extensions['persistedQuery']['sha256Hash'];
  return typeof found === 'string' && /^[0-9a-f]{64}$/.test(found) ? found : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
