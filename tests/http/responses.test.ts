import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';

const GRAPHQL_RESPONSE = 'application/graphql-response+json';
let graph: TestGraph;
let url: string;
beforeAll(async () => {
  graph = await startGraph();
  url = `${graph.url}graphql`;
});
afterAll(() => graph.close());

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (search: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${url}?${search}`, { method, headers: { 'apollo-require-preflight': '1', ...headers } });
const QUERY = 'query={__typename}';
const LARGE = `query=${encodeURIComponent('{ statements(first: 100) { nodes { id summary } } }')}`;

describe('the media type of a response', () => {
  it.each<[what: string, send: (headers: Record<string, string>) => Promise<Response>]>([
    ['data', (headers) => post({ query: '{ __typename }' }, headers)],
    ['a page size', (headers) => post({ query: '{ statements(first: 500) { totalCount } }' }, headers)],
    ['first with last', (headers) => post({ query: '{ statements(first: 1, last: 1) { totalCount } }' }, headers)],
    ['an operation that is too long', (headers) => post({ query: `{ ${'__typename '.repeat(5_000)} }` }, headers)],
    [
      'an operation that is too deep',
      (headers) =>
        post(
          { query: `{ ${'document(id: "x") { statements { nodes { '.repeat(12)}id${' } } }'.repeat(12)} }` },
          headers,
        ),
    ],
    [
      'an operation that is too costly',
      (headers) =>
        post(
          {
            query:
              '{ statements(first: 100) { nodes { document { statements(first: 100) { nodes { document { statements(first: 100) { nodes { id } } } } } } } } }',
          },
          headers,
        ),
    ],
    ['variables', (headers) => post({ query: 'query ($id: ID!) { statement(id: $id) { id } }' }, headers)],
    ['an unknown field', (headers) => post({ query: '{ nothing }' }, headers)],
    ['syntax', (headers) => post({ query: '{' }, headers)],
    [
      'an unknown hash',
      (headers) => post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }, headers),
    ],
    [
      'a wrong hash',
      (headers) =>
        post(
          { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
          headers,
        ),
    ],
    ['another method', (headers) => fetch(url, { method: 'DELETE', headers })],
    ['a body that is too large', (headers) => post({ query: ' '.repeat(1_100_000) }, headers)],
    [
      'another type of body',
      (headers) => fetch(url, { method: 'POST', headers: { 'content-type': 'text/plain', ...headers }, body: 'a' }),
    ],
    ['invalid JSON', (headers) => post('{', headers)],
    ['a GET that another site may have sent', (headers) => fetch(`${url}?${QUERY}`, { headers })],
    ['a GET with variables that are not JSON', (headers) => get(`${QUERY}&variables={`, headers)],
  ])('is the one that the client accepts: %s', async (_, send) => {
    const [wanted, preferred, plain, unsaid] = [
      await send({ accept: GRAPHQL_RESPONSE }),
      await send({ accept: `${GRAPHQL_RESPONSE}; charset=utf-8, application/json;q=0.5` }),
      await send({ accept: 'application/json; charset=utf-8' }),
      await send({}),
    ];

    expect([wanted, preferred, plain, unsaid].map(({ headers }) => headers.get('content-type'))).toEqual([
      `${GRAPHQL_RESPONSE}; charset=utf-8`,
      `${GRAPHQL_RESPONSE}; charset=utf-8`,
      'application/json; charset=utf-8',
      'application/json; charset=utf-8',
    ]);
    expect(new Set([wanted, preferred, plain, unsaid].map(({ status }) => status)).size).toBe(1);
    for (const response of [wanted, preferred, plain, unsaid])
      expect(Object.keys((await response.json()) as object)).toEqual(
        expect.arrayContaining([response.status === 200 && response.ok ? expect.any(String) : 'errors']),
      );
  });

  it('is application/json with status 406 if neither is acceptable', async () => {
    const response = await post({ query: '{ __typename }' }, { accept: 'text/html; charset=utf-8' });

    expect([response.status, response.headers.get('content-type')]).toEqual([406, 'application/json; charset=utf-8']);
  });
});

describe('a response to a GET', () => {
  it('varies by Accept', async () => {
    const names = (await get(QUERY)).headers.get('vary')?.split(/, */);

    expect(names).toEqual(expect.arrayContaining(['accept', 'accept-encoding']));
  });

  it.each([QUERY, LARGE])('has the same headers with 304 as with 200: %s', async (search) => {
    const whole = await get(search);
    const tag = whole.headers.get('etag') ?? '';
    const unchanged = await get(search, { 'if-none-match': tag });

    expect([whole.status, unchanged.status, tag]).toEqual([200, 304, expect.stringMatching(/"/)]);
    for (const name of ['etag', 'cache-control', 'vary', 'x-dossier-revision'])
      expect([name, unchanged.headers.get(name)]).toEqual([name, whole.headers.get(name)]);
  });
});

describe('HEAD', () => {
  it.each(['', 'graphql?query={__typename}', 'health', 'healthz', 'readyz', 'metrics', 'reader/'])(
    'has the same response as GET, without a body: /%s',
    async (path) => {
      const send = (method: string) =>
        fetch(`${graph.url}${path}`, { method, headers: { 'apollo-require-preflight': '1' } });
      const [head, whole] = [await send('HEAD'), await send('GET')];

      expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
        200,
        whole.headers.get('content-type'),
        '',
      ]);
      expect(whole.status).toBe(200);
    },
  );

  it('has the status of the error', async () => {
    expect((await get('query={nothing}', {}, 'HEAD')).status).toBe(400);
  });
});

it('a POST to another path that allows GET gets an error that names the GraphQL endpoint', async () => {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  });

  expect([response.status, response.headers.get('allow'), await response.text()]).toEqual([
    405,
    'GET, HEAD',
    expect.stringContaining('GraphQL is at /graphql'),
  ]);
});

describe('an empty parameter', () => {
  it.each(['operationName=', 'extensions=', 'variables=', 'operationName=&extensions=&variables='])(
    'counts as absent in a GET: %s',
    async (search) => {
      const response = await get(`${QUERY}&${search}`);

      expect([response.status, await response.json()]).toEqual([200, { data: { __typename: 'Query' } }]);
    },
  );
});

describe('a subscription', () => {
  it('is rejected with its own code, by POST and by GET', async () => {
    for (const response of [
      await post({ query: 'subscription { statements }' }),
      await get(`query=${encodeURIComponent('subscription { statements }')}`),
    ]) {
      expect([
        response.status,
        ((await response.json()) as { errors: { extensions: object }[] }).errors[0]?.extensions,
      ]).toEqual([400, { code: 'SUBSCRIPTION_NOT_SUPPORTED' }]);
    }
  });
});

describe('invalid arguments', () => {
  type Errors = { errors: { message: string; path?: string[]; locations?: object[]; extensions: object }[] };
  const errorsOf = async (query: string, variables = {}) =>
    ((await (await post({ query, variables })).json()) as Errors).errors;

  it('are all reported, each with its path: page sizes', async () => {
    const errors = await errorsOf(
      'query ($size: Int) {\n  a: statements(first: 500) { totalCount }\n  actors(last: $size) { nodes { id } }\n}',
      { size: -1 },
    );

    expect(errors).toEqual([
      {
        message: expect.stringMatching(/"first".*"statements".*500.*0 to 100/),
        locations: [{ line: 2, column: 3 }],
        path: ['a'],
        extensions: { code: 'BAD_USER_INPUT', field: 'statements', argument: 'first' },
      },
      {
        message: expect.stringMatching(/"last".*"actors".*-1.*0 to 100/),
        locations: [{ line: 3, column: 3 }],
        path: ['actors'],
        extensions: { code: 'BAD_USER_INPUT', field: 'actors', argument: 'last' },
      },
    ]);
  });

  it("are named as in the client's operation: a day within a filter", async () => {
    const [literal] = await errorsOf('{ statements(filter: { from: "2022-01" }) { totalCount } }');
    const [variable] = await errorsOf(
      'query ($filter: StatementFilter) { statements(filter: $filter) { totalCount } }',
      { filter: { from: '2022-01' } },
    );

    expect([literal?.message, literal?.extensions]).toEqual([
      expect.stringContaining('"filter.from"'),
      { code: 'GRAPHQL_VALIDATION_FAILED', argument: 'filter.from' },
    ]);
    expect([variable?.message, variable?.extensions]).toEqual([
      expect.stringContaining('"filter.from"'),
      { code: 'BAD_USER_INPUT' },
    ]);
  });

  it('lead to a client error: null for an argument that has a default', async () => {
    const [error] = await errorsOf(
      'query ($o: StatementOrder) { statements(first: 1, orderBy: $o) { nodes { id } } }',
      { o: null },
    );

    expect(error).toMatchObject({
      message: expect.stringContaining('"orderBy"'),
      path: ['statements'],
      extensions: { code: 'BAD_USER_INPUT', argument: 'orderBy' },
    });
  });
});

describe('a cursor', () => {
  it('is valid whether the filter of its list is null, absent or empty', async () => {
    const filters = [
      '',
      '(filter: null)',
      '(filter: {})',
      '(filter: { search: null })',
      '(filter: { kind: null, match: WITHIN })',
    ];
    const cursors = [];
    for (const filter of filters) {
      const { data } = await graph.query(
        `{ statements${filter.replace(')', ', first: 1)') || '(first: 1)'} { pageInfo { endCursor } } }`,
      );
      cursors.push((data?.['statements'] as { pageInfo: { endCursor: string } } | undefined)?.pageInfo.endCursor);
    }

    expect(new Set(cursors).size).toBe(1);
    for (const filter of filters) {
      const { errors } = await graph.query(
        `{ statements(after: "${cursors[0]}"${filter ? `, ${filter.slice(1)}` : ')'} { nodes { id } } }`,
      );
      expect([filter, errors]).toEqual([filter, undefined]);
    }
  });
});

describe('introspection', () => {
  it('resolves every field that it lists', async () => {
    const { data } = await graph.query(
      '{ __schema { types { name fields { name args { name type { kind } } type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }',
    );
    const schema = data?.['__schema'] as
      | {
          types: {
            name: string;
            fields: { name: string; args: { name: string }[]; type: { kind: string; ofType: unknown } }[] | null;
          }[];
        }
      | undefined;

    for (const { name, fields } of (schema?.types ?? []).filter((type) => type.name.startsWith('__'))) {
      for (const field of fields ?? []) {
        const leaf = /"kind":"(SCALAR|ENUM)"/.test(JSON.stringify(field.type)) ? '' : ' { __typename }';
        const inner = {
          __Schema: `{ __schema { ${field.name}${leaf} } }`,
          __Type: `{ __type(name: "Query") { ${field.name}${leaf} } }`,
        }[name];
        const { errors } = await graph.query(
          inner ??
            `{ __schema { ${{ __Field: `types { fields { ${field.name}${leaf} } }`, __InputValue: `directives { args { ${field.name}${leaf} } }`, __EnumValue: `types { enumValues { ${field.name}${leaf} } }`, __Directive: `directives { ${field.name}${leaf} }` }[name]} } }`,
        );
        expect([name, field.name, errors]).toEqual([name, field.name, undefined]);
      }
    }
  });
});
