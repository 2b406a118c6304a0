import { createHash } from 'node:crypto';
import { buildSchema } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CachePolicy, Engine, EngineAnswer } from './request/engine.js';
import { type RunningServer, startServer } from './server.js';

let running: RunningServer | undefined;
let runs: Record<string, unknown>[] = [];
let revision = 'one';

afterEach(async () => {
  await running?.close();
  runs = [];
  revision = 'one';
});

/** A server over an engine that notes what it is asked. */
async function serve(
  answer: (variables: Readonly<Record<string, unknown>>) => EngineAnswer | Promise<EngineAnswer> = ({ of = null }) => ({
    data: { castle: of },
  }),
  bytes = 100_000,
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
    runs: { engine },
    service: 'castles',
    facts: { revision: 'r' },
    cache: { bytes, milliseconds: null, stateOf: () => () => revision },
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

describe('an operation', () => {
  it('is answered with the same bytes, the first time and after', async () => {
    const url = await serve();
    const answers = [];
    for (let time = 0; time < 3; time++) answers.push(await post(url, { query, variables: { of: 'a' } }));
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"data":{"castle":"a"}}\n']));
    expect(new Set(answers.map(({ headers }) => headers.get('content-type')))).toEqual(
      new Set(['application/json; charset=utf-8']),
    );
  });

  it('is not run again for the same variables, and is for others or for another revision', async () => {
    const url = await serve();
    for (const of of ['a', 'a', 'a', 'b', 'b']) await post(url, { query, variables: { of } });
    expect(runs).toEqual([{ of: 'a' }, { of: 'b' }]);
    revision = 'two';
    await post(url, { query, variables: { of: 'b' } });
    expect(runs).toHaveLength(3);
  });

  it.each<[string, CachePolicy]>([
    ['nobody', { maxAge: 0, isPrivate: false }],
    ['who asked', { maxAge: 60, isPrivate: true }],
  ])('whose answer is for %s is run each time, also for those who ask at once', async (_, policy) => {
    const url = await serve(
      async () => {
        await new Promise((later) => setTimeout(later, 20));
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

  it('is not run by one who asked before what it is made from changed, for one who asks after', async () => {
    const opens: (() => void)[] = [];
    const url = await serve(async ({ of }) => {
      if (of === 'b') await new Promise<void>((open) => opens.push(open));
      return { data: { castle: `${of} of ${revision}` } };
    });
    await post(url, { query, variables: { of: 'a' } });
    const ask = async () => (await post(url, { query, variables: { of: 'b' } })).text;
    const before = ask();
    await vi.waitFor(() => expect(opens).toHaveLength(1));
    revision = 'two';
    const after = ask();
    await vi.waitFor(() => expect(opens).toHaveLength(2));
    for (const open of opens) open();
    await before;
    expect(await after).toBe('{"data":{"castle":"b of two"}}\n');
    expect(await ask()).toBe('{"data":{"castle":"b of two"}}\n');
    expect(runs).toHaveLength(3);
  });

  it('is run again where its answer had an error, or where nothing is kept', async () => {
    const failing = await serve(() => ({ data: { castle: null }, errors: [{ message: 'No.', path: ['castle'] }] }));
    for (let time = 0; time < 3; time++) expect((await post(failing, { query })).text).toContain('No.');
    expect(runs).toHaveLength(3);
    await running?.close();
    const keeping = await serve(undefined, 0);
    for (let time = 0; time < 3; time++) await post(keeping, { query });
    expect(runs).toHaveLength(6);
  });

  it('that many ask for at once is run once', async () => {
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
    await new Promise((later) => setTimeout(later, 100));
    open();
    expect(new Set((await Promise.all(all)).map(({ text }) => text))).toEqual(new Set(['{"data":{"castle":"b"}}\n']));
    expect(runs.filter(({ of }) => of === 'b')).toHaveLength(1);
  });

  it('that changes something is run each time', async () => {
    const url = await serve(() => ({ data: { build: 'done' } }));
    for (let time = 0; time < 3; time++) await post(url, { query: 'mutation { build }' });
    expect(runs).toHaveLength(3);
  });

  it('is refused as before where the request is wrong', async () => {
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
    'is known whatever type its client wants: %s',
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
  it('has a tag, and 304 for who has the answer already', async () => {
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
    ['is kept for a minute where nothing is said', null, 'public, max-age=60'],
    ['is kept for as long as is said', { maxAge: 3600, isPrivate: false }, 'public, max-age=3600'],
    ['is kept by who asked alone where it is for nobody else', { maxAge: 30, isPrivate: true }, 'private, max-age=30'],
    ['is not kept where it must not be', { maxAge: 0, isPrivate: false }, 'no-store'],
  ])('%s', async (_, policy, header) => {
    const url = `${await serve(undefined, undefined, policy)}?query=${encodeURIComponent('{ castle(of: "a") }')}`;
    for (let time = 0; time < 2; time++) {
      const { headers } = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
      expect(headers.get('cache-control')).toBe(header);
      expect(headers.has('etag')).toBe(header !== 'no-store');
    }
  });

  it('is answered with what is kept, by its text or its hash, and only where a browser was asked for leave', async () => {
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

  it('has none where the answer has errors', async () => {
    const url = `${await serve(() => ({ data: { castle: null }, errors: [{ message: 'No.', path: ['castle'] }] }))}?query=${encodeURIComponent('{ castle }')}`;
    const { headers } = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
    expect(headers.get('etag')).toBeNull();
  });
});
