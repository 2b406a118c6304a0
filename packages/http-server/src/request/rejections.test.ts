import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, getVariableValues } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/testServer.js';
import type { ParsedOperation, Variables } from './engine.js';
import { readTrustedDocuments } from './trustedDocuments.js';

let server: TestServer | undefined;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-manifest-'));
});
afterEach(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const LIMITS = { tokens: 100, depth: 3, aliases: 3, rootFields: 3, directives: 3, selections: 10, cost: 5, page: 2 };
const query = 'query ($of: String) { castle(of: $of) }';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (sha256Hash: unknown, version: unknown = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});

const start = async (options: Parameters<typeof startTestServer>[1] = {}): Promise<TestServer> => {
  server = await startTestServer(({ of = null }) => ({ data: { castle: of } }), options);
  return server;
};
const outcomeOf = async (response: Promise<Response>): Promise<[status: number, codeOrData: unknown]> => {
  const answer = await response;
  const { data, errors } = (await answer.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
  return [answer.status, errors?.[0]?.extensions.code ?? data];
};
const get = (from: TestServer, members: Record<string, unknown>): Promise<Response> => {
  const search = new URLSearchParams(
    Object.entries(members).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
  return fetch(`${from.base}graphql?${search}`, { headers: { 'apollo-require-preflight': 'true' } });
};

describe('an operation above a limit', () => {
  it('is rejected with the code of the limit, by POST and by GET, before it is executed', async () => {
    let runs = 0;
    server = await startTestServer(
      () => {
        runs++;
        return { data: {} };
      },
      { limits: LIMITS, maxVariablesBytes: 50 },
    );
    const aliased = '{ a: castle b: castle c: castle d: castle }';

    expect(await outcomeOf(server.post({ query: aliased }))).toEqual([400, 'OPERATION_TOO_MANY_ALIASES']);
    expect(await outcomeOf(get(server, { query: aliased }))).toEqual([400, 'OPERATION_TOO_MANY_ALIASES']);
    expect(await outcomeOf(server.post({ query: `{ ${'castle '.repeat(200)} }` }))).toEqual([
      400,
      'OPERATION_TOO_LONG',
    ]);
    expect(await outcomeOf(server.post({ query, variables: { of: 'x'.repeat(60) } }))).toEqual([
      400,
      'VARIABLES_TOO_LARGE',
    ]);
    expect(runs).toBe(0);
    expect(await outcomeOf(server.post({ query, variables: { of: 'x' } }))).toEqual([200, {}]);
  });
});

describe('a persisted document', () => {
  const hash = sha256(query);

  it('is registered by one request, and then found by its hash with POST and GET', async () => {
    const from = await start({ limits: LIMITS });

    expect(await outcomeOf(from.post(persisted(hash)))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(await outcomeOf(from.post({ query, variables: { of: 'a' }, ...persisted(hash) }))).toEqual([
      200,
      { castle: 'a' },
    ]);
    for (const of of ['b', 'c']) {
      expect(await outcomeOf(from.post({ variables: { of }, ...persisted(hash) }))).toEqual([200, { castle: of }]);
      expect(await outcomeOf(get(from, { variables: { of }, ...persisted(hash) }))).toEqual([200, { castle: of }]);
    }
  });

  it('is reported as unknown with the message that Apollo Client recognizes', async () => {
    const from = await start();
    const { errors } = (await (await from.post(persisted(hash))).json()) as { errors: unknown };

    expect(errors).toEqual([{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }]);
  });

  it.each([
    ['another document', { query: '{ __typename }', ...persisted(hash) }],
    ['another version', { query, ...persisted(hash, 2) }],
    ['no text', { query, ...persisted(7) }],
  ])('is rejected if the hash is of %s', async (_, body) => {
    expect(await outcomeOf((await start()).post(body))).toEqual([400, 'PERSISTED_QUERY_INVALID']);
  });

  it('is not registered if the operation exceeds a limit', async () => {
    const from = await start({ limits: LIMITS });
    const large = '{ a: castle b: castle c: castle d: castle }';

    expect(await outcomeOf(from.post({ query: large, ...persisted(sha256(large)) }))).toEqual([
      400,
      'OPERATION_TOO_MANY_ALIASES',
    ]);
    expect(await outcomeOf(from.post(persisted(sha256(large))))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
  });
});

describe('a document id', () => {
  const documentId = `sha256:${sha256(query)}`;

  it('names a registered document by its hash, with POST and GET', async () => {
    const from = await start();
    await from.post({ query, ...persisted(sha256(query)) });

    for (const id of [documentId, sha256(query)]) {
      const members = { documentId: id, variables: { of: 'a' } };
      expect(await outcomeOf(from.post(members))).toEqual([200, { castle: 'a' }]);
      expect(await outcomeOf(get(from, members))).toEqual([200, { castle: 'a' }]);
      expect(await outcomeOf(from.post({ ...members, ...persisted(sha256(query)) }))).toEqual([200, { castle: 'a' }]);
      expect(await outcomeOf(from.post({ ...members, query }))).toEqual([200, { castle: 'a' }]);
    }
    expect(new Set(from.requests().map(({ digest }) => digest))).toEqual(new Set([sha256(query).slice(0, 16)]));
  });

  it('does not register a document', async () => {
    const from = await start();
    await from.post({ query, documentId });

    expect(await outcomeOf(from.post({ documentId }))).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND']);
  });

  it.each<[what: string, body: object, message: string]>([
    ['another document than the text', { query: '{ __typename }', documentId }, 'not that of the document in "query"'],
    ['another document than the hash', { documentId, ...persisted('a'.repeat(64)) }, 'name different documents'],
    ['a malformed hash', { documentId: `sha256:${'A'.repeat(64)}` }, '64 lowercase hexadecimal digits'],
    ['too long an id', { documentId: 'a'.repeat(257) }, 'at most 256 characters'],
  ])('is rejected if it names %s', async (_, body, message) => {
    const from = await start();
    await from.post({ query, ...persisted(sha256(query)) });

    const response = await from.post(body);

    expect([response.status, await response.json()]).toEqual([
      400,
      { errors: [{ message: expect.stringContaining(message), extensions: { code: 'PERSISTED_QUERY_INVALID' } }] },
    ]);
  });
});

describe('a server of trusted documents only', () => {
  const manifest = (content: unknown): string => {
    const file = join(folder, 'manifest.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  const trusted = () =>
    readTrustedDocuments(
      manifest({
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: 'castles', name: null, type: 'query', body: query }],
      }),
    );

  it('executes them by id, hash or text, and no others', async () => {
    const from = await start({ trusted: trusted(), trustedOnly: true });
    const variables = { of: 'a' };

    for (const body of [
      { query },
      persisted('castles'),
      persisted(sha256(query)),
      { query, ...persisted(sha256(query)) },
      { documentId: 'castles' },
      { documentId: `sha256:${sha256(query)}` },
      { documentId: 'castles', query },
      { documentId: 'castles', ...persisted(sha256(query)) },
    ]) {
      expect(await outcomeOf(from.post({ variables, ...body }))).toEqual([200, { castle: 'a' }]);
    }
    expect(await outcomeOf(from.post({ query: '{ castle }' }))).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
    expect(await outcomeOf(get(from, { query: '{ __typename }' }))).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
    expect(await outcomeOf(from.post({ query: '{ castle }', ...persisted(sha256('{ castle }')) }))).toEqual([
      403,
      'DOCUMENT_NOT_TRUSTED',
    ]);
    for (const body of [persisted('other'), { documentId: 'other' }, { documentId: `sha256:${'a'.repeat(64)}` }])
      expect(await outcomeOf(from.post(body))).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
  });

  it.each([
    ['not JSON', '{', 'is not JSON'],
    ['another format', { format: 'x', version: 1, operations: [] }, '"format": "apollo-persisted-query-manifest"'],
    [
      'an operation without a body',
      { format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: 'a' }] },
      'operation 1 has no',
    ],
  ])('rejects a manifest that is %s, and says what was expected', (_, content, message) => {
    expect(() => readTrustedDocuments(manifest(content))).toThrow(message);
  });
});

describe('without introspection, a server', () => {
  it('rejects introspection, and suggests no names', async () => {
    const from = await start({ introspection: false });
    const answer = await (await from.post({ query: '{ castl }' })).text();

    expect(await outcomeOf(from.post({ query: '{ __schema { types { name } } }' }))).toEqual([
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ]);
    expect(answer).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(answer).not.toContain('castle');
    await from.close();
    expect(await (await (await start()).post({ query: '{ castl }' })).text()).toContain('castle');
  });

  it('names no type of the schema if a non-null field is null', async () => {
    const send = async (introspection: boolean): Promise<unknown> => {
      const from = await startTestServer(
        () => ({
          data: { castle: null },
          errors: [{ message: 'Cannot return null for non-nullable field Castle.moat.', path: ['castle', 'moat'] }],
        }),
        {
          introspection,
        },
      );
      const { errors } = (await (await from.post({ query })).json()) as { errors: { message: string }[] };
      await from.close();
      return errors[0]?.message;
    };

    expect(await send(true)).toContain('Castle.moat');
    expect(await send(false)).toBe('Cannot return null for a non-nullable field.');
  });

  it('names no type or field of the schema if a variable is missing or invalid', async () => {
    const schema = buildSchema('type Query { castle(of: CastleFilter!): String } input CastleFilter { moat: Boolean }');
    const coerce = ({ operation: { variableDefinitions = [] } }: ParsedOperation) => ({
      planFor: (variables: Variables) => ({
        sources: [],
        execute: () => ({
          errors:
            getVariableValues(schema, variableDefinitions, variables).errors?.map(({ message }) => ({
              message,
              extensions: { code: 'BAD_USER_INPUT' },
            })) ?? [],
        }),
      }),
    });
    const execution = { engine: { schema, prepare: coerce } };
    const send = async (introspection: boolean, variables: object): Promise<string> => {
      const from = await start({ execution, introspection });
      const text = await (
        await from.post({ query: 'query ($of: CastleFilter!) { castle(of: $of) }', variables })
      ).text();
      await from.close();
      return text;
    };

    for (const variables of [{}, { of: 'any' }, { of: { moats: true } }]) {
      expect(await send(true, variables)).toContain('CastleFilter');
      expect(JSON.parse(await send(false, variables))).toEqual({
        errors: [
          { message: 'Variable "$of" has a value that is not accepted.', extensions: { code: 'BAD_USER_INPUT' } },
        ],
      });
    }
  });
});
