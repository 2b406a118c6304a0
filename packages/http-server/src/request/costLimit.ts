import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { HttpError } from '../errors/httpError.js';

/** Clients remembered at most; the one that was charged longest ago is forgotten. */
const MAX_CLIENTS = 10_000;
const WINDOW_MS = 60_000;

/**
 * Charges clients for the cost of their operations, each up to `perMinute` in a minute that begins with its first. The clock
 * is monotonic, so that setting the time back locks nobody out.
 */
export function costLimit(
  perMinute: number,
  clientOf: (request: FastifyRequest) => string,
): (request: FastifyRequest, reply: FastifyReply, cost: number) => void {
  const windows = new LRUCache<string, { used: number }>({ max: MAX_CLIENTS, ttl: WINDOW_MS, perf: performance });
  return (request, reply, cost) => {
    const client = clientOf(request);
    const window = windows.get(client) ?? { used: 0 };
    if (window.used === 0) windows.set(client, window);
    const left = perMinute - window.used - cost;
    void reply.header('x-ratelimit-cost-limit', perMinute).header('x-ratelimit-cost-remaining', Math.max(0, left));
    if (left < 0) {
      const seconds = Math.ceil(windows.getRemainingTTL(client) / 1000);
      void reply.header('retry-after', Math.max(1, seconds));
      throw new HttpError(
        'TOO_MANY_REQUESTS',
        `This client has sent operations of a cost of ${window.used} within a minute, and this one costs ${cost}; expected at most ${perMinute} together.`,
      );
    }
    window.used += cost;
  };
}
