import { LRUCache } from 'lru-cache';
import type { EngineAnswer, Runnable } from './engine.js';

/** Operations kept at most, and characters of all of them. */
const OPERATIONS_KEPT = 1000;
const CHARACTERS_KEPT = 16 * 1024 * 1024;

const MEMBERS = new Set(['query', 'operationName', 'variables']);

/**
 * Operations that Apollo Server has parsed, validated and run before. The same operation again needs none of that: it is
 * run at once, and answered with the same bytes.
 */
export class FastLane {
  readonly #ready = new LRUCache<string, Runnable>({ max: OPERATIONS_KEPT, maxSize: CHARACTERS_KEPT, sizeCalculation: (_, key) => key.length });

  keep(source: string, operationName: string | null, runnable: Runnable): void {
    this.#ready.set(keyOf(source, operationName), runnable);
  }

  clear(): void {
    this.#ready.clear();
  }

  /** The answer to a request's body; null where it is not one for this lane, and Apollo Server has to see it. */
  async answer(body: unknown, accept: string | undefined): Promise<EngineAnswer | null> {
    if (accept !== undefined && !takesJson(accept)) return null;
    if (typeof body !== 'object' || body === null) return null;
    for (const member in body) if (!MEMBERS.has(member)) return null;
    const { query, operationName = null, variables = null } = body as { query?: unknown; operationName?: unknown; variables?: unknown };
    if (typeof query !== 'string' || (operationName !== null && typeof operationName !== 'string')) return null;
    if (typeof variables !== 'object' || Array.isArray(variables)) return null;
    const runnable = this.#ready.get(keyOf(query, operationName));
    if (!runnable) return null;
    const { data, errors } = await runnable((variables ?? {}) as Record<string, unknown>, {});
    // An operation that was not run has a status of its own.
    if (data === undefined) return null;
    return errors ? { errors, data } : { data };
  }
}

const keyOf = (source: string, operationName: string | null): string => (operationName === null ? source : `${operationName}\n${source}`);

// What asks for application/graphql-response+json gets it from Apollo Server.
const takesJson = (accept: string): boolean => !accept.includes('graphql-response') && /(^|[,\s])(\*\/\*|application\/(json|\*))/.test(accept);
