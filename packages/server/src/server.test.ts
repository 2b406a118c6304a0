import { buildSchema, type DocumentNode } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine, EngineAnswer } from './engine.js';
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
async function serve(answer: (variables: Readonly<Record<string, unknown>>) => EngineAnswer | Promise<EngineAnswer> = ({ of = null }) => ({ data: { castle: of } }), bytes = 100_000): Promise<string> {
  const engine: Engine = {
    schema: buildSchema('type Query { castle(of: String): String } type Mutation { build: String }'),
    prepare: (_source: string, _document: DocumentNode, _name: string | undefined) => (variables) => {
      runs.push(variables);
      return answer(variables);
    },
  };
  running = await startServer({
    port: 0,
    host: '127.0.0.1',
    runs: { engine },
    formatError: (formatted) => formatted,
    service: 'castles',
    facts: { revision: 'r' },
    cache: { bytes, milliseconds: null, revision: () => revision },
  });
  return `${running.url.replace('localhost', '127.0.0.1')}graphql`;
}

const post = async (url: string, body: object, headers: Record<string, string> = {}) => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const query = 'query ($of: String) { castle(of: $of) }';

describe('an operation', () => {
  it('is answered with the same bytes, the first time and after', async () => {
    const url = await serve();
    const answers = [];
    for (let time = 0; time < 3; time++) answers.push(await post(url, { query, variables: { of: 'a' } }));
    expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"data":{"castle":"a"}}\n']));
    expect(new Set(answers.map(({ headers }) => headers.get('content-type')))).toEqual(new Set(['application/json; charset=utf-8']));
  });

  it('is not run again for the same variables, and is for others or for another revision', async () => {
    const url = await serve();
    for (const of of ['a', 'a', 'a', 'b', 'b']) await post(url, { query, variables: { of } });
    // The first goes through Apollo Server, which keeps nothing.
    expect(runs).toEqual([{ of: 'a' }, { of: 'a' }, { of: 'b' }]);
    revision = 'two';
    await post(url, { query, variables: { of: 'b' } });
    expect(runs).toHaveLength(4);
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
    for (const body of [{ query, variables: [] }, { query, operationName: 7 }, { query: 7 }, [], { query, variables: 'a' }]) {
      const { status, text } = await post(url, body);
      expect(status, JSON.stringify(body)).toBe(400);
      expect(JSON.parse(text).errors[0].extensions.code).toBeTruthy();
    }
    expect((await post(url, { query }, { accept: 'text/html' })).status).toBe(406);
    expect((await post(url, { query }, { accept: 'application/graphql-response+json' })).headers.get('content-type')).toContain('graphql-response');
  });
});

describe('a GET', () => {
  it('has a tag, and 304 for who has the answer already', async () => {
    const url = `${await serve()}?query=${encodeURIComponent('{ castle(of: "a") }')}`;
    const first = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]{22}"$/);
    expect(first.headers.get('cache-control')).toContain('max-age');
    const again = await fetch(url, { headers: { 'apollo-require-preflight': '1', 'if-none-match': tag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('has none where the answer has errors', async () => {
    const url = `${await serve(() => ({ data: { castle: null }, errors: [{ message: 'No.', path: ['castle'] }] }))}?query=${encodeURIComponent('{ castle }')}`;
    const { headers } = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
    expect(headers.get('etag')).toBeNull();
  });
});
