import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { LRUCache } from 'lru-cache';
import { HttpError } from '../errors/httpError.js';

export interface RateLimitOptions {
  /** Maximum number of requests of one client per minute; 0 for no limit. */
  perMinute: number;
  /** Maximum cost of the operations of one client per minute; 0 for no limit. */
  costPerMinute: number;
  /**
   * Header in which a trusted proxy names the client, e.g. `x-forwarded-for`. Its last entry counts, since the client may have
   * sent the others. Null if clients connect directly: they are then identified by their address.
   */
  header: string | null;
}

const COST_LIMIT = 'x-ratelimit-cost-limit';
const COST_REMAINING = 'x-ratelimit-cost-remaining';
/** The headers of both limits, besides `retry-after`. The first three are those of `@fastify/rate-limit`. */
export const RATE_LIMIT_HEADERS = [
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  COST_LIMIT,
  COST_REMAINING,
] as const;

export type ClientOf = (request: FastifyRequest) => string;

/** Maximum number of clients tracked; the least recently used one is dropped. */
const MAX_CLIENTS = 10_000;
const WINDOW_MS = 60_000;

/** Identifies the client of a request by a header of a trusted proxy, or by its address. */
export const clientIdentifier =
  (header: string | null): ClientOf =>
  (request) => {
    const value = header === null ? undefined : request.headers[header];
    return (
      String(value ?? '')
        .split(',')
        .at(-1)
        ?.trim() || request.ip
    );
  };

/**
 * Counts the requests of each client, in windows that start with the first one. The store of the library uses the system time:
 * setting it back would lock clients out.
 */
class MonotonicStore {
  readonly #windows = new LRUCache<string, { current: number }>({ max: MAX_CLIENTS, perf: performance });

  incr(
    client: string,
    callback: (error: Error | null, result?: { current: number; ttl: number }) => void,
    timeWindow: number,
  ): void {
    const window = this.#windows.get(client) ?? { current: 0 };
    if (window.current === 0) this.#windows.set(client, window, { ttl: timeWindow });
    window.current++;
    callback(null, { current: window.current, ttl: Math.max(0, this.#windows.getRemainingTTL(client)) });
  }

  child(): MonotonicStore {
    return new MonotonicStore();
  }
}

/** Limits the number of requests of each client. */
export async function rateLimitHook(
  app: FastifyInstance,
  { perMinute }: RateLimitOptions,
  clientOf: ClientOf,
): Promise<onRequestHookHandler> {
  await app.register(import('@fastify/rate-limit'), { global: false, store: MonotonicStore });
  return app.rateLimit({
    max: perMinute,
    timeWindow: WINDOW_MS,
    keyGenerator: clientOf,
    errorResponseBuilder: () => new HttpError('TOO_MANY_REQUESTS'),
  }) as onRequestHookHandler;
}

/**
 * Limits the cost of the operations of each client to `perMinute`, in windows of a minute that start with the first operation.
 * The clock is monotonic, so that setting the system time back locks no client out.
 */
export function createCostLimit(
  perMinute: number,
  clientOf: ClientOf,
): (request: FastifyRequest, reply: FastifyReply, cost: number) => void {
  const windows = new LRUCache<string, { used: number }>({ max: MAX_CLIENTS, ttl: WINDOW_MS, perf: performance });
  return (request, reply, cost) => {
    const client = clientOf(request);
    const window = windows.get(client) ?? { used: 0 };
    if (window.used === 0) windows.set(client, window);
    const remaining = perMinute - window.used - cost;
    void reply.header(COST_LIMIT, perMinute).header(COST_REMAINING, Math.max(0, remaining));
    if (remaining < 0) {
      const seconds = Math.ceil(windows.getRemainingTTL(client) / 1000);
      void reply.header('retry-after', Math.max(1, seconds));
      throw new HttpError(
        'TOO_MANY_REQUESTS',
        `This client has sent operations with a total cost of ${window.used} within a minute, and this one costs ${cost}; expected a total of at most ${perMinute}.`,
      );
    }
    window.used += cost;
  };
}
