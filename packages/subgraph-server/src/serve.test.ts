import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { badUserInput } from '@dossier/domain';
import { buildStore, type StoreDb } from '@dossier/store';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSubgraph, serveSubgraph } from './serve.js';
import { openSubgraph, type Subgraph, type SubgraphDefinition } from './subgraph.js';

interface Context {
  db: StoreDb;
}

const typeDefs = parse(
  'type Query { house(id: ID!): String size(first: Int): Int broken: Int later: Int needed: Sure } type Sure { value: Int! }',
);

const definition: SubgraphDefinition<Context> = {
  name: 'houses',
  typeDefs: [typeDefs],
  resolvers: {
    Query: {
      house: (_: unknown, { id }: { id: string }, { db }: Context) =>
        (db.$client.prepare('select street from house where id = ?').get(id) as { street: string } | undefined)
          ?.street ?? null,
      size: (_: unknown, { first }: { first: number }) => {
        if (first > 100) throw badUserInput('first', 'Argument "first" is too large; expected at most 100.');
        return first;
      },
      broken: (_: unknown, __: unknown, { db }: Context) => db.$client.prepare('select secret from nowhere').get(),
      later: async () =>
        Promise.reject(
          Object.assign(new Error('ENOENT: /srv/data/houses.sqlite'), {
            extensions: { file: '/srv/data/houses.sqlite' },
          }),
        ),
      needed: () => ({ value: null }),
    },
  },
  migrations: new URL('file:///'),
  tables: [],
  seedCode: new URL('file:///'),
  seed: () => {},
  createContext: (store) => () => ({ db: store.db as StoreDb }),
};

let folder: string;
let file: string;
let subgraph: Subgraph;
let listening: RunningSubgraph;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-serve-'));
  mkdirSync(join(folder, 'migrations/meta'), { recursive: true });
  writeFileSync(
    join(folder, 'migrations/meta/_journal.json'),
    JSON.stringify({
      version: '7',
      dialect: 'sqlite',
      entries: [{ idx: 0, version: '6', when: 1, tag: '0000', breakpoints: true }],
    }),
  );
  writeFileSync(
    join(folder, 'migrations/0000.sql'),
    'CREATE TABLE house (id text primary key not null, street text not null) STRICT;',
  );
  file = join(folder, 'houses.sqlite');
  build('0123456789abcdef', 'north');
  subgraph = openSubgraph(
    { ...definition, migrations: pathToFileURL(join(folder, 'migrations')) },
    { file, replacedStoreMs: 60_000 },
  );
  listening = await serveSubgraph(subgraph, { port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await listening.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Builds the store of a revision, or replaces it. */
const build = (revision: string, street: string): void =>
  void buildStore({
    file,
    identity: { service: 'houses', revision },
    migrations: pathToFileURL(join(folder, 'migrations')),
    fill: (db) => void db.$client.prepare("insert into house values ('a', ?)").run(street),
  });

async function ask(query: string, variables?: Record<string, unknown>) {
  const response = await fetch(listening.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return {
    response,
    text,
    ...(JSON.parse(text) as {
      data?: Record<string, unknown> | null;
      errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[];
    }),
  };
}

describe('a served subgraph', () => {
  it('answers at /graphql from its store, with the revision in a header', async () => {
    const { response, data, errors } = await ask('query ($id: ID!) { house(id: $id) none: house(id: "b") }', {
      id: 'a',
    });
    expect({ data, errors }).toEqual({ data: { house: 'north', none: null }, errors: undefined });
    expect(response.headers.get('x-dossier-revision')).toBe('0123456789abcdef');
  });

  it('reports its health and revision', async () => {
    const response = await fetch(new URL('/health', listening.url));
    expect(await response.json()).toEqual({
      status: 'UP',
      service: 'houses',
      revision: '0123456789abcdef',
      store: 'unverified',
    });
    expect(response.headers.get('x-dossier-revision')).toBe('0123456789abcdef');
  });

  it('serves its SDL to composition', async () => {
    const { data } = await ask('{ _service { sdl } }');
    expect(data).toEqual({ _service: { sdl: expect.stringContaining('house(id: ID!): String') } });
  });

  it.each([
    ['SQL that fails', 'broken'],
    ['a file that is missing', 'later'],
    ['a value that is null and must not be', 'needed { value }'],
  ])('reports only that %s failed, also on a repeated request', async (_, field) => {
    for (const _again of [1, 2]) {
      const { text, data, errors } = await ask(`{ ${field} house(id: "a") }`);
      expect(data).toEqual({ [field.split(' ')[0] as string]: null, house: 'north' });
      expect(errors?.map(({ message, extensions }) => ({ message, extensions }))).toEqual([
        { message: 'The service failed to resolve this field.', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      ]);
      expect(text).not.toMatch(/select|SQLITE|nowhere|ENOENT|\/srv|node_modules|stack|\.[jt]s\b/i);
    }
  });

  it('reports invalid input at its path and returns the other fields', async () => {
    for (const _again of [1, 2]) {
      const { data, errors } = await ask('{ size(first: 101) house(id: "a") }');
      expect(data).toEqual({ size: null, house: 'north' });
      expect(errors).toEqual([
        expect.objectContaining({
          message: 'Argument "first" is too large; expected at most 100.',
          path: ['size'],
          extensions: { code: 'BAD_USER_INPUT', argument: 'first' },
        }),
      ]);
    }
  });

  it('rejects an operation that does not validate', async () => {
    const { response, errors } = await ask('{ street }');
    expect(response.status).toBe(400);
    expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('rejects variables of the wrong type, even for a cached operation', async () => {
    const query = 'query ($id: ID!, $first: Int) { house(id: $id) size(first: $first) }';
    const refuse = async (variables: Record<string, unknown>, message: RegExp) => {
      const { response, data, errors } = await ask(query, variables);
      expect([response.status, data, errors?.[0]?.extensions]).toEqual([400, undefined, { code: 'BAD_USER_INPUT' }]);
      expect(errors?.[0]?.message).toMatch(message);
    };
    await refuse({}, /Variable "\$id" of required type "ID!" was not provided/);
    expect((await ask(query, { id: 'a', first: 1 })).data).toEqual({ house: 'north', size: 1 });
    await refuse({}, /Variable "\$id" of required type "ID!" was not provided/);
    await refuse({ id: 'a', first: 'many' }, /Variable "\$first" got invalid value "many"/);
  });
});

describe('a request that names a revision of the store', () => {
  /** The response, its revision and its status. */
  async function read(revision?: string) {
    const response = await fetch(listening.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(revision && { 'x-dossier-revision': revision }) },
      body: JSON.stringify({ query: '{ house(id: "a") }' }),
    });
    const { data } = (await response.json()) as { data?: { house: string } };
    return [response.status, response.headers.get('x-dossier-revision'), data?.house];
  }

  it('is executed on it, also if it was replaced, and not on another', async () => {
    build('fedcba9876543210', 'south');
    await subgraph.reload();

    expect(await read()).toEqual([200, 'fedcba9876543210', 'south']);
    expect(await read('0123456789abcdef')).toEqual([200, '0123456789abcdef', 'north']);
    expect(await read('fedcba9876543210')).toEqual([200, 'fedcba9876543210', 'south']);
    expect((await read('1111111111111111'))[0]).toBe(409);
  });
});
