import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify';
import { HttpError } from '../errors/httpError.js';

export interface RateLimitOptions {
  /** Requests that one client may send a minute; 0 for any number. */
  perMinute: number;
  /** Cost of the operations that one client may send a minute; 0 for any. */
  costPerMinute: number;
  /**
   * Header in which a trusted proxy names the client, e.g. `x-forwarded-for`, of which the last entry counts: the others
   * are the client's own words. Null where clients connect themselves: then the address counts.
   */
  header: string | null;
}

/** Clients remembered at most; the one that asked longest ago is forgotten. */
const CLIENTS_REMEMBERED = 10_000;

export type ClientOf = (request: FastifyRequest) => string;

/** Names the client of a request: by a header that a trusted proxy sets, or by its address. */
export const clientNamedBy =
  (header: string | null): ClientOf =>
  (request) => {
    const named = header === null ? undefined : request.headers[header];
    return (
      String(named ?? '')
        .split(',')
        .at(-1)
        ?.trim() || request.ip
    );
  };

/** Counts the requests of each client, and refuses those over the limit. */
export async function limitRate(
  app: FastifyInstance,
  { perMinute }: RateLimitOptions,
  clientOf: ClientOf,
): Promise<onRequestHookHandler> {
  await app.register(rateLimit, { global: false, cache: CLIENTS_REMEMBERED });
  return app.rateLimit({
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: clientOf,
    errorResponseBuilder: () => new HttpError('TOO_MANY_REQUESTS'),
  }) as onRequestHookHandler;
}
