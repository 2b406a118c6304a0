import { createHash, timingSafeEqual } from 'node:crypto';
import type { onRequestHookHandler } from 'fastify';
import { HttpError } from '../errors/httpError.js';

/** The header in which the gateway sends the secret that it shares with its services. */
export const SECRET_HEADER = 'x-dossier-secret';

// Digests have the same length, which `timingSafeEqual` requires.
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Rejects requests without the secret. The comparison takes constant time. */
export function requireSecret(secret: string): onRequestHookHandler {
  const expected = digest(secret);
  return ({ headers }, _reply, done) => {
    const sent = headers[SECRET_HEADER];
    done(
      timingSafeEqual(digest(typeof sent === 'string' ? sent : ''), expected)
        ? undefined
        : new HttpError('GATEWAY_ONLY'),
    );
  };
}
