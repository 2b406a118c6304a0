import { afterEach, describe, expect, it } from 'vitest';
import { startFederation, type TestFederation } from '../support/federation.js';

let running: TestFederation | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const PROPAGATED = [
  { name: 'authorization', subgraphs: ['a'] },
  { name: 'x-tenant', subgraphs: '*' as const },
];

const start = async (options: Parameters<typeof startFederation>[1] = { propagateHeaders: PROPAGATED }) => {
  const federation = await startFederation(
    {
      a: {
        sdl: 'type Query { whoami: String }',
        respond: ({ headers }) => JSON.stringify({ data: { whoami: headers['authorization'] ?? null } }),
      },
      b: {
        sdl: 'type Query { tenant: String }',
        respond: ({ headers }) => JSON.stringify({ data: { tenant: headers['x-tenant'] ?? null } }),
      },
    },
    { cacheBytes: 1_000_000, ...options },
  );
  running = federation;
  return federation;
};

describe('a propagated header', () => {
  it('reaches the named subgraphs, and no other header does', async () => {
    const federation = await start();

    const { data } = await federation.ask(
      '{ whoami tenant }',
      {},
      { authorization: 'Bearer one', 'x-tenant': 't', cookie: 'c', 'x-other': 'o' },
    );
    const [[a], [b]] = [federation.callsOf('a'), federation.callsOf('b')];

    expect(data).toEqual({ whoami: 'Bearer one', tenant: 't' });
    expect([a?.headers['authorization'], a?.headers['x-tenant'], a?.headers['cookie'], a?.headers['x-other']]).toEqual([
      'Bearer one',
      't',
      undefined,
      undefined,
    ]);
    expect([b?.headers['authorization'], b?.headers['x-tenant']]).toEqual([undefined, 't']);
  });

  it('separates responses by its value, in the cache and in deduped requests', async () => {
    const federation = await start();
    const ask = async (authorization?: string) =>
      (await federation.ask('{ whoami }', {}, authorization ? { authorization } : {})).data;

    const together = await Promise.all([ask('one'), ask('two'), ask('one'), ask()]);
    const again = [await ask('two'), await ask('one'), await ask()];

    expect(together.concat(again)).toEqual(
      ['one', 'two', 'one', null, 'two', 'one', null].map((whoami) => ({ whoami })),
    );
  });

  it('excludes responses from shared caches', async () => {
    const federation = await start();
    const get = (headers: Record<string, string>) =>
      fetch(`${federation.url}?query=${encodeURIComponent('{ whoami }')}`, {
        headers: { 'apollo-require-preflight': '1', ...headers },
      });

    const [known, unknown] = [await get({ authorization: 'one' }), await get({})];

    expect(known.headers.get('cache-control')).toMatch(/^private/);
    for (const { headers } of [known, unknown])
      expect(headers.get('vary')?.toLowerCase().split(/, */)).toEqual(
        expect.arrayContaining(['authorization', 'x-tenant']),
      );
  });

  it('is not sent unless it is configured', async () => {
    const federation = await start({});

    expect(
      (await federation.ask('{ whoami tenant }', {}, { authorization: 'Bearer one', 'x-tenant': 't' })).data,
    ).toEqual({ whoami: null, tenant: null });
  });
});

describe('settings that name a subgraph or scalar that the supergraph does not have', () => {
  it('are rejected at start with an error that lists the existing names', async () => {
    const starting = start({
      propagateHeaders: [{ name: 'authorization', subgraphs: ['a', 'elsewhere'] }],
      validatedScalars: ['Decimal', 'GeoPoint'],
    });

    await expect(starting).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(
        /^PROPAGATE_HEADERS: authorization is forwarded to an unknown subgraph "elsewhere"; expected one of a, b, or \* for all\.\nVALIDATED_SCALARS: "GeoPoint" is not a custom scalar of the supergraph, which has none\.$/,
      ),
    });
  });
});
