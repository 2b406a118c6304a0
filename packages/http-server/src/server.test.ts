import { createHash } from 'node:crypto';
import { buildSchema } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CachePolicy, Engine, EngineResult } from './request/engine.js';
import { type RunningServer, startServer } from './server.js';

let running: RunningServer | undefined;
let runs: Record<string, unknown>[] = [];
let revision = 'one';

afterEach(async () => {
  await running?.close();
  runs = [];
  revision = 'one';
});

/** Starts a server with an engine that records its executions. */
async function serve(
  answer: (variables: Readonly<Record<string, unknown>>) => EngineResult | Promise<EngineResult> = ({ of = null }) => ({
    data: { castle: of },
  }),
  maxBytes = 100_000,
  policy: CachePolicy | null = null,
): Promise<string> {
  const engine: Engine = {
    schema: buildSchema('type Query { castle(of: String): String } type Mutation { build: String }'),
    prepare: () => ({
      policy,
      planFor: (variables) => ({
        sources: ['land'],
        execute: () => {
          runs.push({ ...variables });
          return answer(variables);
        },
      }),
    }),
  };
  running = await startServer({
    port: 0,
    host: '127.0.0.1',
    execution: { engine },
    service: 'castles',
    info: { revision: 'r' },
    cache: { maxBytes, maxAgeMs: null, stateOf: () => () => revision },
  });
  return `${running.url.replace('localhost', '127.0.0.1')}graphql`;
}

const post = async (url: string, body: object, headers: Record<string, string> = {}) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const query = 'query ($of: String) { castle(of: $of) }';

describe('a response', () => {
  it('is the same, byte for byte, whether cached or not', async () => {
    const url = await serve();
    const responses = [];
    for (let time = 0; time < 3; time++) responses.push(await post(url, { query, variables: { of: 'a' } }));
    expect(new Set(responses.map(({ text }) => text))).toEqual(new Set(['{"data":{"castle":"a"}}\n']));
    expect(new Set(responses.map(({ headers }) => headers.get('content-type')))).toEqual(
      new Set(['application/json; charset=utf-8']),
    );
  });

  it('is cached for the same variables, until its source changes', async () => {
    const url = await serve();
    for (const of of ['a', 'a', 'a', 'b', 'b']) await post(url, { query, variables: { of } });
    expect(runs).toEqual([{ of: 'a' }, { of: 'b' }]);
    revision = 'two';
    await post(url, { query, variables: { of: 'b' } });
    expect(runs).toHaveLength(3);
  });

  it.each<[string, CachePolicy]>([
    ['max-age 0', { maxAge: 0, isPrivate: false }],
    ['a private scope', { maxAge: 60, isPrivate: true }],
  ])('with %s is neither cached nor shared by concurrent requests', async (_, policy) => {
    const url = await serve(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { data: { castle: 'a' } };
      },
      undefined,
      policy,
    );
    await post(url, { query });
    await Promise.all(Array.from({ length: 4 }, () => post(url, { query })));
    expect(runs).toHaveLength(5);
    expect(await (await fetch(url.replace('graphql', 'metrics'))).text()).toMatch(/^dossier_cache_bytes\{.*\} 0$/m);
  });

  it('is not shared with a request that came after its source changed', async () => {
    const opens: (() => void)[] = [];
    const url = await serve(async ({ of }) => {
      if (of === 'b') await new Promise<void>((open) => opens.push(open));
      return { data: { castle: `${of} of ${revision}` } };
    });
    await post(url, { query, variables: { of: 'a' } });
    const send = async () => (await post(url, { query, variables: { of: 'b' } })).text;
    const before = send();
    await vi.waitFor(() => expect(opens).toHaveLength(1));
    revision = 'two';
    const after = send();
    await vi.waitFor(() => expect(opens).toHaveLength(2));
    for (const open of opens) open();
    await before;
    expect(await after).toBe('{"data":{"castle":"b of two"}}\n');
    expect(await send()).toBe('{"data":{"castle":"b of two"}}\n');
    expect(runs).toHaveLength(3);
  });

  it('is not cached if it has errors, or if the cache is disabled', async () => {
    const failing = await serve(() => ({ data: { castle: null }, errors: [{ message: 'No.', path: ['castle'] }] }));
    for (let time = 0; time < 3; time++) expect((await post(failing, { query })).text).toContain('No.');
    expect(runs).toHaveLength(3);
    await running?.close();
    const uncached = await serve(undefined, 0);
    for (let time = 0; time < 3; time++) await post(uncached, { query });
    expect(runs).toHaveLength(6);
  });

  it('is shared by concurrent requests for it', async () => {
    let open = () => {};
    const gate = new Promise<void>((opened) => {
      open = opened;
    });
    const url = await serve(async ({ of }) => {
      if (of === 'b') await gate;
      return { data: { castle: of } };
    });
    await post(url, { query, variables: { of: 'a' } });
    const all = Array.from({ length: 5 }, () => post(url, { query, variables: { of: 'b' } }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    open();
    expect(new Set((await Promise.all(all)).map(({ text }) => text))).toEqual(new Set(['{"data":{"castle":"b"}}\n']));
    expect(runs.filter(({ of }) => of === 'b')).toHaveLength(1);
  });

  it('of a mutation is not cached', async () => {
    const url = await serve(() => ({ data: { build: 'done' } }));
    for (let time = 0; time < 3; time++) await post(url, { query: 'mutation { build }' });
    expect(runs).toHaveLength(3);
  });

  it('is an error if the request is invalid, even for a cached operation', async () => {
    const url = await serve();
    await post(url, { query });
    for (const body of [
      { query, variables: [] },
      { query, operationName: 7 },
      { query: 7 },
      [],
      { query, variables: 'a' },
    ]) {
      const { status, text } = await post(url, body);
      expect(status, JSON.stringify(body)).toBe(400);
      expect(JSON.parse(text).errors[0].extensions.code).toBeTruthy();
    }
    expect((await post(url, { query }, { accept: 'text/html' })).status).toBe(406);
  });

  it.each(['application/graphql-response+json,application/json;q=0.9', 'application/json', '*/*'])(
    'is cached independently of the media type: %s',
    async (accept) => {
      const url = await serve();
      const [first, , again] = [
        await post(url, { query }, { accept }),
        await post(url, { query }, { accept }),
        await post(url, { query }, { accept }),
      ];
      expect(again.headers.get('content-type')).toBe(
        accept.includes('graphql-response')
          ? 'application/graphql-response+json; charset=utf-8'
          : 'application/json; charset=utf-8',
      );
      expect([again.status, again.text, again.headers.get('content-type')]).toEqual([
        first.status,
        first.text,
        first.headers.get('content-type'),
      ]);
      expect(runs).toHaveLength(1);
    },
  );
});

describe('a GET', () => {
  it('has an entity tag, and 304 for a client that has the response', async () => {
    const url = `${await serve()}?query=${encodeURIComponent('{ castle(of: "a") }')}`;
    const first = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(first.headers.get('cache-control')).toContain('max-age');
    const again = await fetch(url, { headers: { 'apollo-require-preflight': '1', 'if-none-match': tag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it.each<[string, CachePolicy | null, string]>([
    ['may be cached for a minute without cache hints', null, 'public, max-age=60'],
    ['may be cached for its max-age', { maxAge: 3600, isPrivate: false }, 'public, max-age=3600'],
    ['may be cached only by its client if it is private', { maxAge: 30, isPrivate: true }, 'private, max-age=30'],
    ['may not be cached with max-age 0', { maxAge: 0, isPrivate: false }, 'no-store'],
  ])('%s', async (_, policy, header) => {
    const url = `${await serve(undefined, undefined, policy)}?query=${encodeURIComponent('{ castle(of: "a") }')}`;
    for (let time = 0; time < 2; time++) {
      const { headers } = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
      expect(headers.get('cache-control')).toBe(header);
      expect(headers.has('etag')).toBe(header !== 'no-store');
    }
  });

  it('gets the cached response by text or hash, and is rejected without a preflight', async () => {
    const url = await serve();
    const search = new URLSearchParams({
      query: '{ castle(of: "a") }',
      extensions: JSON.stringify({
        persistedQuery: { version: 1, sha256Hash: createHash('sha256').update('{ castle(of: "a") }').digest('hex') },
      }),
    });
    const get = (headers: Record<string, string>) => fetch(`${url}?${search}`, { headers });
    const first = await (await get({ 'apollo-require-preflight': '1' })).text();
    search.delete('query');
    for (let time = 0; time < 3; time++)
      expect(await (await get({ 'x-apollo-operation-name': 'any' })).text()).toBe(first);
    expect(runs).toHaveLength(1);
    for (const headers of [{}, { 'apollo-require-preflight': '' }]) {
      const refused = await get(headers as Record<string, string>);
      expect([
        refused.status,
        (JSON.parse(await refused.text()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code,
      ]).toEqual([400, 'BAD_REQUEST']);
    }
  });

  it('has no entity tag if the response has errors', async () => {
    const url = `${await serve(() => ({ data: { castle: null }, errors: [{ message: 'No.', path: ['castle'] }] }))}?query=${encodeURIComponent('{ castle }')}`;
    const { headers } = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
    expect(headers.get('etag')).toBeNull();
  });
});
