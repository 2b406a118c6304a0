import { createHash, timingSafeEqual } from 'node:crypto';
import type { onRequestHookHandler } from 'fastify';
import { HttpError } from '../errors/httpError.js';

/** The header in which the gateway sends the secret that it shares with its services. */
export const SECRET_HEADER = 'x-dossier-secret';

// Digests have the same length, which `timingSafeEqual` requires.
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Rejects requests with none of the secrets: there are two while a secret is replaced. The comparison takes constant time. */
export function requireSecret(secrets: readonly string[]): onRequestHookHandler {
  const accepted = secrets.map(digest);
  return ({ headers }, _reply, done) => {
    const header = headers[SECRET_HEADER];
    const sent = digest(typeof header === 'string' ? header : '');
    const matches = accepted.map((expected) => timingSafeEqual(sent, expected));
    done(matches.includes(true) ? undefined : new HttpError('GATEWAY_ONLY'));
  };
}
