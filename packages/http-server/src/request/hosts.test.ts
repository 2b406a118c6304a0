import { describe, expect, it } from 'vitest';
import { allowedHosts, checkHost } from './hosts.js';

/** The result for a request with these values of the header. */
function check(allowed: readonly string[] | null, ...hosts: string[]): string {
  const request = {
    headers: { host: hosts[0] },
    raw: { rawHeaders: ['accept', '*/*', ...hosts.flatMap((host) => ['Host', host])] },
  };
  let result = 'accepted';
  (checkHost(allowed) as unknown as (request: object, reply: null, done: (error?: { code: string }) => void) => void)(
    request,
    null,
    (error) => {
      if (error) result = error.code;
    },
  );
  return result;
}

describe('the host of a request', () => {
  it.each([
    ['may be a loopback name on a loopback address', null, '127.0.0.1', 'localhost:4000', 'accepted'],
    ['may be the IPv6 loopback address', null, '::1', '[::1]:4000', 'accepted'],
    ['may not be another name on a loopback address', null, '127.0.0.1', 'rebound.invalid', 'HOST_NOT_ALLOWED'],
    ['may be any name on other addresses', null, '0.0.0.0', 'dossier.invalid', 'accepted'],
    ['may be a configured name with any port', ['dossier.invalid'], '0.0.0.0', 'Dossier.invalid:8080', 'accepted'],
    [
      'may not have another port than the configured one',
      ['dossier.invalid:80'],
      '0.0.0.0',
      'dossier.invalid:81',
      'HOST_NOT_ALLOWED',
    ],
    [
      'may not be a loopback name if others are configured',
      ['dossier.invalid'],
      '127.0.0.1',
      'localhost',
      'HOST_NOT_ALLOWED',
    ],
    ['may be any name on a loopback address if * is configured', ['*'], '127.0.0.1', 'dossier.invalid', 'accepted'],
  ] as const)('%s', (_, set, address, host, expected) => {
    expect(check(allowedHosts(set, address), host)).toBe(expected);
  });

  it('must be exactly one valid host', () => {
    expect([
      check(null),
      check(null, 'localhost', 'localhost'),
      check(null, 'a b'),
      check(null, 'a:b@localhost'),
      check(null, 'localhost/x'),
    ]).toEqual(Array(5).fill('BAD_REQUEST'));
  });
});
