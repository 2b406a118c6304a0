import { afterEach, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer, wait } from '../testing/testServer.js';

let server: TestServer | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await server?.close();
});

const LIMITS = {
  tokens: 100,
  depth: 5,
  aliases: 50,
  rootFields: 50,
  directives: 5,
  selections: 50,
  cost: 50,
  page: 10,
};
const costing = (cost: number): string => `{ ${Array.from({ length: cost }, (_, at) => `a${at}: castle`).join(' ')} }`;

describe('the cost limit', () => {
  it('rejects operations that would exceed it, and reports the remaining cost and time', async () => {
    server = await startTestServer(() => ({ data: {} }), {
      limits: LIMITS,
      rateLimit: { perMinute: 0, costPerMinute: 30, header: null },
    });

    const [first, second, third] = [
      await server.post({ query: costing(20) }),
      await server.post({ query: costing(11) }),
      await server.post({ query: costing(10) }),
    ];

    expect([
      first.status,
      first.headers.get('x-ratelimit-cost-limit'),
      first.headers.get('x-ratelimit-cost-remaining'),
    ]).toEqual([200, '30', '10']);
    expect([second.status, await second.text()]).toEqual([
      429,
      expect.stringMatching(
        /a total cost of 20 within a minute, and this one costs 11; expected a total of at most 30.*TOO_MANY_REQUESTS/,
      ),
    ]);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(third.status).toBe(200);
  });

  it('applies to each client that a trusted proxy names, and does not charge for cached responses', async () => {
    const cache = { maxBytes: 100_000, maxAgeMs: null, stateOf: () => () => 1 };
    server = await startTestServer(() => ({ data: {} }), {
      limits: LIMITS,
      cache,
      rateLimit: { perMinute: 0, costPerMinute: 30, header: 'x-forwarded-for' },
    });
    const send = (client: string, cost: number) =>
      (server as TestServer).post({ query: costing(cost) }, { 'x-forwarded-for': client }).then(({ status }) => status);

    const statuses = [
      await send('a', 30),
      await send('a', 30),
      await send('a', 1),
      await send('b', 20),
      await send('b', 30),
      await send('b', 11),
    ];

    expect(statuses).toEqual([200, 200, 429, 200, 200, 429]);
  });
});

describe('the headers of the limits', () => {
  it('say what is left, and may be read by pages of other origins', async () => {
    server = await startTestServer(() => ({ data: {} }), {
      limits: LIMITS,
      corsOrigins: ['https://app.invalid'],
      rateLimit: { perMinute: 1, costPerMinute: 30, header: null },
    });
    const send = () => (server as TestServer).post({ query: costing(2) }, { origin: 'https://app.invalid' });

    const [first, second] = [await send(), await send()];

    const limits = ({ headers }: Response) =>
      Object.fromEntries([...headers].filter(([name]) => /^(x-ratelimit-|retry-after$)/.test(name)));
    expect([first.status, limits(first)]).toEqual([
      200,
      {
        'x-ratelimit-limit': '1',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': expect.stringMatching(/^\d+$/),
        'x-ratelimit-cost-limit': '30',
        'x-ratelimit-cost-remaining': '28',
      },
    ]);
    expect([second.status, limits(second)]).toMatchObject([429, { 'retry-after': expect.stringMatching(/^\d+$/) }]);
    for (const response of [first, second]) {
      const exposed = response.headers.get('access-control-expose-headers')?.split(', ');
      expect(exposed).toEqual(
        expect.arrayContaining([...Object.keys(limits(response)), 'x-request-id', 'x-dossier-revision', 'etag']),
      );
    }
  });
});

describe('the request limit', () => {
  it('opens within a minute, although the system clock is set back by days', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    vi.advanceTimersByTime(1_000);
    server = await startTestServer(() => ({ data: {} }), {
      rateLimit: { perMinute: 2, costPerMinute: 0, header: null },
    });
    const send = () => (server as TestServer).post({ query: '{ castle }' });
    const statuses = [(await send()).status, (await send()).status];
    vi.setSystemTime(Date.now() - 3 * 86_400_000);
    const rejected = await send();
    vi.advanceTimersByTime(59_000);
    statuses.push((await send()).status);
    vi.advanceTimersByTime(1_500);
    // The cache reads the clock once in a millisecond, by a timer that is not faked.
    await wait(2);
    statuses.push((await send()).status);

    expect([rejected.status, rejected.headers.get('retry-after')]).toEqual([429, '60']);
    expect(statuses).toEqual([200, 200, 429, 200]);
  });
});
