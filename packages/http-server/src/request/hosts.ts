import type { onRequestHookHandler } from 'fastify';
import { HttpError } from '../errors/httpError.js';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const LOOPBACK_ADDRESSES = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * The hosts that a server accepts; null for any. Unless set, a server on a loopback address accepts only loopback names, so
 * that no web page can reach it under another name (DNS rebinding); on other addresses it accepts any host.
 */
export const allowedHosts = (set: readonly string[] | null, address: string): readonly string[] | null => {
  if (set) return set.includes('*') ? null : set;
  return LOOPBACK_ADDRESSES.has(address) ? LOOPBACK : null;
};

/** Rejects a request without exactly one valid host (RFC 9112, 3.2), or with one that is not allowed. Entries of `allowed` may have a port. */
export function checkHost(allowed: readonly string[] | null): onRequestHookHandler {
  const names = allowed && new Set(allowed.map((name) => name.toLowerCase()));
  // Most requests have the same host, so the last accepted one is not parsed again.
  let lastAccepted = '';
  return ({ headers: { host }, raw: { rawHeaders } }, _reply, done) => {
    if (countHosts(rawHeaders) > 1)
      return done(new HttpError('BAD_REQUEST', 'The request has more than one header "host"; expected one.'));
    if (host !== undefined && host === lastAccepted) return done();
    const url = host && URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`) : null;
    if (!host || !url || url.username || url.password || url.pathname !== '/')
      return done(
        new HttpError(
          'BAD_REQUEST',
          'The header "host" of the request is missing or invalid; expected the host of the URL.',
        ),
      );
    if (names && !names.has(url.hostname) && !names.has(url.host)) return done(new HttpError('HOST_NOT_ALLOWED'));
    lastAccepted = host;
    done();
  };
}

function countHosts(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') count++;
  }
  return count;
}
