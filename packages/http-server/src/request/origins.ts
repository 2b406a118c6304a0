import type { onRequestHookHandler } from 'fastify';
import { HttpError } from '../errors/httpError.js';

/**
 * Rejects a request of a page whose origin is neither that of this server nor allowed. Browsers send the header with every POST of a
 * page; other clients send none.
 */
export function checkOrigin(allowed: readonly string[]): onRequestHookHandler {
  const origins = new Set(allowed);
  return ({ headers: { origin, host } }, _reply, done) => {
    const isAllowed =
      origin === undefined ||
      origins.has(origin) ||
      (URL.canParse(origin) && new URL(origin).host === host?.toLowerCase());
    done(isAllowed ? undefined : new HttpError('ORIGIN_NOT_ALLOWED'));
  };
}
