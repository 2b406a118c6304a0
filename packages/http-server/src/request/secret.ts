import { createHash, timingSafeEqual } from 'node:crypto';
import type { onRequestHookHandler } from 'fastify';
import { HttpError } from '../errors/httpError.js';

/** The header in which a gateway shows its services the secret that they share. */
export const SECRET_HEADER = 'x-dossier-secret';

// Of equal length, whatever was sent.
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Answers only who shows the secret. How long the comparison takes tells nothing of it. */
export function needSecret(secret: string): onRequestHookHandler {
  const expected = digest(secret);
  return ({ headers }, _reply, done) => {
    const shown = headers[SECRET_HEADER];
    done(
      timingSafeEqual(digest(typeof shown === 'string' ? shown : ''), expected)
        ? undefined
        : new HttpError('GATEWAY_ONLY'),
    );
  };
}
