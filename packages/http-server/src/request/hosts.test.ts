import { describe, expect, it } from 'vitest';
import { allowedHosts, checkHost } from './hosts.js';

/** What a check says of a request with these values of the header. */
function check(allowed: readonly string[] | null, ...hosts: string[]): string {
  const request = {
    headers: { host: hosts[0] },
    raw: { rawHeaders: ['accept', '*/*', ...hosts.flatMap((host) => ['Host', host])] },
  };
  let result = 'accepted';
  (checkHost(allowed) as unknown as (request: object, reply: null, done: (error?: { fault: string }) => void) => void)(
    request,
    null,
    (error) => {
      if (error) result = error.fault;
    },
  );
  return result;
}

describe('the host that a request names', () => {
  it.each([
    ['on a loopback address, a name of that', null, '127.0.0.1', 'localhost:4000', 'accepted'],
    ['on a loopback address, its IPv6 form', null, '::1', '[::1]:4000', 'accepted'],
    ['on a loopback address, a name of another site', null, '127.0.0.1', 'rebound.invalid', 'HOST_NOT_ALLOWED'],
    ['on every address, any name', null, '0.0.0.0', 'dossier.invalid', 'accepted'],
    ['that is set, with a port', ['dossier.invalid'], '0.0.0.0', 'Dossier.invalid:8080', 'accepted'],
    [
      'that is set with a port, with another',
      ['dossier.invalid:80'],
      '0.0.0.0',
      'dossier.invalid:81',
      'HOST_NOT_ALLOWED',
    ],
    ['that is not set', ['dossier.invalid'], '127.0.0.1', 'localhost', 'HOST_NOT_ALLOWED'],
    ['any, on a loopback address where any is set', ['*'], '127.0.0.1', 'dossier.invalid', 'accepted'],
  ] as const)('%s', (_, set, listensOn, host, expected) => {
    expect(check(allowedHosts(set, listensOn), host)).toBe(expected);
  });

  it('is exactly one, and a host', () => {
    expect([
      check(null),
      check(null, 'localhost', 'localhost'),
      check(null, 'a b'),
      check(null, 'a:b@localhost'),
      check(null, 'localhost/x'),
    ]).toEqual(Array(5).fill('BAD_REQUEST'));
  });
});
