import { buildClientSchema, buildSchema, type GraphQLSchema, type IntrospectionQuery, printSchema } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../request/engine.js';
import { startTestServer, type TestServer } from '../testing/testServer.js';

let server: TestServer | undefined;
afterEach(() => server?.close());

const SDL = `"""A page of a castle's accounts."""
scalar Page @specifiedBy(url: "https://pages.invalid/spec")

type Query {
  "Every castle of Ruritania."
  castle(by: Key, of: String @deprecated(reason: "Use by.")): String
  tower: Page @deprecated(reason: "Use castle.")
}

input Key @oneOf {
  name: String
  number: Int
}`;

const engineOf = (schema: GraphQLSchema): Engine => ({
  schema,
  prepare: () => ({ planFor: () => ({ sources: [], execute: () => ({ data: {} }) }) }),
});
const start = async (options: Parameters<typeof startTestServer>[1] = {}): Promise<string> => {
  server = await startTestServer(() => ({ data: {} }), {
    execution: { engine: engineOf(buildSchema(SDL)) },
    ...options,
  });
  return server.base;
};
const schemaOf = async (response: Response): Promise<string> =>
  printSchema(buildClientSchema(((await response.json()) as { data: IntrospectionQuery }).data));

describe('the schema', () => {
  it('is published as SDL and as an introspection result, with all that clients can know of it', async () => {
    const base = await start();

    const [sdl, json] = [await fetch(`${base}schema.graphql`), await fetch(`${base}schema.json`)];

    const expected = printSchema(buildSchema(SDL));
    expect([sdl.headers.get('content-type'), json.headers.get('content-type')]).toEqual([
      'text/plain; charset=utf-8',
      'application/json; charset=utf-8',
    ]);
    expect(await sdl.text()).toBe(`${expected}\n`);
    expect(await schemaOf(json)).toBe(expected);
    for (const part of ['@specifiedBy(url: "https://pages.invalid/spec")', '@oneOf', 'reason: "Use by."'])
      expect(expected).toContain(part);
  });

  it.each(['schema.graphql', 'schema.json'])('is revalidated by clients: %s', async (file) => {
    const base = await start();
    const send = (headers: Record<string, string>, method = 'GET') => fetch(`${base}${file}`, { method, headers });

    const whole = await send({});
    const tag = whole.headers.get('etag') ?? '';
    const unchanged = await send({ 'if-none-match': tag });
    const head = await send({}, 'HEAD');

    expect([whole.status, unchanged.status, head.status]).toEqual([200, 304, 200]);
    for (const { headers } of [whole, unchanged, head])
      expect(['etag', 'cache-control', 'vary'].map((name) => headers.get(name))).toEqual([
        expect.stringMatching(/^W\/"[\w-]{22}"$/),
        'no-cache',
        'accept-encoding',
      ]);
    expect([await unchanged.text(), await head.text()]).toEqual(['', '']);
    expect(head.headers.get('content-type')).toBe(whole.headers.get('content-type'));
  });

  it('may be read by pages of the allowed origins', async () => {
    const base = await start({ corsOrigins: ['https://app.invalid'] });

    const { headers } = await fetch(`${base}schema.json`, { headers: { origin: 'https://app.invalid' } });

    expect(headers.get('access-control-allow-origin')).toBe('https://app.invalid');
    expect(headers.get('vary')?.toLowerCase().split(/, */).sort()).toEqual(['accept-encoding', 'origin']);
  });

  it('is that of the engine in use, rendered once for each', async () => {
    let replace: (next: Engine) => void = () => {};
    const base = await start({
      execution: {
        engine: {
          ...engineOf(buildSchema('type Query { old: Int }')),
          onReplaced: (callback) => {
            replace = callback;
          },
        },
      },
    });
    const schemas = async () => [
      await (await fetch(`${base}schema.graphql`)).text(),
      await schemaOf(await fetch(`${base}schema.json`)),
    ];

    const before = await schemas();
    const next = buildSchema('type Query { new: Int }');
    let reads = 0;
    const types = next.getTypeMap();
    next.getTypeMap = () => {
      reads++;
      return types;
    };
    replace(engineOf(next));
    const after = await schemas();
    const readsOfFirst = reads;
    await schemas();

    expect(before.map((sdl) => /old/.test(sdl))).toEqual([true, true]);
    expect(after.map((sdl) => /new/.test(sdl) && !/old/.test(sdl))).toEqual([true, true]);
    expect(readsOfFirst).toBeGreaterThan(0);
    expect(reads).toBe(readsOfFirst);
  });

  it('leaves out what only gateways use, if the engine has a separate schema for clients', async () => {
    const base = await start({
      execution: { engine: { ...engineOf(buildSchema(SDL)), apiSchema: buildSchema('type Query { castle: Int }') } },
    });

    expect(await (await fetch(`${base}schema.graphql`)).text()).toBe('type Query {\n  castle: Int\n}\n');
  });

  it.each(['schema.graphql', 'schema.json'])('is not published if introspection is disabled: %s', async (file) => {
    const base = await start({ introspection: false });

    const [response, head] = [await fetch(`${base}${file}`), await fetch(`${base}${file}`, { method: 'HEAD' })];

    expect([response.status, head.status, response.headers.get('cache-control')]).toEqual([404, 404, 'no-store']);
    expect(await response.json()).toEqual({
      errors: [
        {
          message: 'The schema is not published here, since introspection is disabled.',
          extensions: { code: 'NOT_FOUND' },
        },
      ],
    });
  });

  it('needs the secret that the service shares with its gateway', async () => {
    const base = await start({ secrets: ['sesame'] });

    expect((await fetch(`${base}schema.json`)).status).toBe(403);
    expect((await fetch(`${base}schema.json`, { headers: { 'x-dossier-secret': 'sesame' } })).status).toBe(200);
  });
});
