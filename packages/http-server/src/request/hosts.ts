import type { onRequestHookHandler } from 'fastify';
import { HttpError } from '../errors/httpError.js';

/** Names of this machine to itself. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const LOOPBACK_ADDRESSES = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * The hosts that a process answers to, by the address that it listens on: on a loopback address only to names of that, so
 * that no web page can reach it under a name of its own (DNS rebinding); else to any, unless they are set. Null for any.
 */
export const allowedHosts = (set: readonly string[] | null, listensOn: string): readonly string[] | null => {
  if (set) return set.includes('*') ? null : set;
  return LOOPBACK_ADDRESSES.has(listensOn) ? LOOPBACK : null;
};

/** Rejects a request that does not name exactly one host (RFC 9112, 3.2), or one that is not allowed; `allowed` has names with or without a port. */
export function checkHost(allowed: readonly string[] | null): onRequestHookHandler {
  const names = allowed && new Set(allowed.map((name) => name.toLowerCase()));
  // Nearly every request names the same.
  let accepted = '';
  return ({ headers: { host }, raw: { rawHeaders } }, _reply, done) => {
    if (countHosts(rawHeaders) > 1)
      return done(new HttpError('BAD_REQUEST', 'The request has more than one header "host"; expected one.'));
    if (host !== undefined && host === accepted) return done();
    const url = host && URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`) : null;
    if (!host || !url || url.username || url.password || url.pathname !== '/')
      return done(
        new HttpError(
          'BAD_REQUEST',
          'The header "host" of the request is missing, or is not a host; expected the host of its URL.',
        ),
      );
    if (names && !names.has(url.hostname) && !names.has(url.host)) return done(new HttpError('HOST_NOT_ALLOWED'));
    accepted = host;
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
