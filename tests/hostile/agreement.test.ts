import { createHash } from 'node:crypto';
import { type Engine, type RunningServer, startServer } from '@dossier/http-server';
import fc from 'fast-check';
import { buildSchema, execute, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, postRaw, request } from './exchange.js';

/** Runs of each property: few by default, more by FUZZ_RUNS. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 300);
const LIMITS = {
  tokens: 1000,
  depth: 10,
  aliases: 30,
  rootFields: 30,
  directives: 30,
  selections: 200,
  cost: 2_000,
  page: 100,
};
const COST_PER_MINUTE = 999_999_999;

interface Executed {
  source: string;
  operationName: string | null;
  variables: Record<string, unknown>;
  /** Number of values in the response. */
  values: number;
}

let server: RunningServer;
let port: number;
let executed: Executed[] = [];

const schema = buildSchema(
  'type Query { castle(of: String): String rooms(first: Int, last: Int): [Room] } type Room { name: String rooms(first: Int, last: Int): [Room] }',
);
const rooms = ({ first }: { first?: number | null }): object[] =>
  Array.from({ length: first ?? 20 }, () => ({ name: 'N', rooms }));

/** Objects and leaves of a value, without the value itself. */
function valuesIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, entry) => sum + 1 + valuesIn(entry), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, entry) => sum + (Array.isArray(entry) ? 0 : 1) + valuesIn(entry), 0);
}

const engine: Engine = {
  schema,
  coreSdl: `
    schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@listSize"]) { query: Query }
    type Query { castle(of: String): String rooms(first: Int, last: Int): [Room] @listSize(assumedSize: 20, slicingArguments: ["first", "last"]) }
    type Room { name: String rooms(first: Int, last: Int): [Room] @listSize(assumedSize: 20, slicingArguments: ["first", "last"]) }`,
  prepare: ({ source, document, operation }) => ({
    planFor: (variables) => ({
      sources: null,
      execute: () => {
        const { data, errors } = execute({
          schema,
          document,
          variableValues: variables,
          rootValue: { castle: ({ of }: { of?: string }) => of ?? null, rooms },
        }) as {
          data?: Record<string, unknown>;
          errors?: readonly { message: string }[];
        };
        executed.push({
          source,
          operationName: operation.name?.value ?? null,
          variables: { ...variables },
          values: valuesIn(data ?? null),
        });
        return {
          ...(data !== undefined && { data }),
          ...(errors && { errors: errors.map(({ message }) => ({ message, extensions: { code: 'BAD_USER_INPUT' } })) }),
        };
      },
    }),
  }),
};

beforeAll(async () => {
  server = await startServer({
    port: 0,
    host: '127.0.0.1',
    service: 'rooms',
    info: {},
    execution: { engine },
    limits: LIMITS,
    rateLimit: { perMinute: 0, costPerMinute: COST_PER_MINUTE, header: 'x-client' },
  });
  port = Number(new URL(server.url).port);
});
afterAll(() => server?.close());

const PROTOTYPE = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', 'isPrototypeOf', 'a', 'b'];
const size = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(1, 100, 101, -1));
const name = fc.constantFrom(...PROTOTYPE);
/** Variables with defaults, given or not, for the sizes of nested lists. */
const parameters = fc.uniqueArray(
  fc.record({
    name,
    fallback: fc.option(size, { nil: undefined }),
    given: fc.option(fc.oneof(size, fc.constant(null)), { nil: undefined }),
  }),
  {
    selector: (parameter) => parameter.name,
    minLength: 1,
    maxLength: 3,
  },
);
const operation = fc
  .tuple(parameters, fc.constantFrom('', 'A', 'constructor', '__proto__'))
  .map(([list, operationName]) => {
    const definitions = list
      .map(
        (parameter) => `$${parameter.name}: Int${parameter.fallback === undefined ? '' : ` = ${parameter.fallback}`}`,
      )
      .join(', ');
    const body = list.reduceRight((inner, parameter) => `rooms(first: $${parameter.name}) { name ${inner} }`, '');
    return {
      text: `query ${operationName}(${definitions}) { ${body} }`,
      operationName,
      variables: list.flatMap(({ name: key, given }): [string, unknown][] =>
        given === undefined ? [] : [[key, given]],
      ),
    };
  });

/** A document of one operation or of two, the other being small, and which of them is executed. */
const anyOperation = fc
  .tuple(operation, fc.constantFrom('none', 'before', 'after'), fc.boolean())
  .map(([{ text, operationName, variables }, other, isNamed]) => {
    const small = 'query Small { castle }';
    const source =
      other === 'none' || operationName === '' ? text : other === 'before' ? `${small}\n${text}` : `${text}\n${small}`;
    const asksByName = isNamed || source !== text;
    return {
      source,
      operationName: asksByName && operationName !== '' ? operationName : null,
      runs: operationName || null,
      variables,
    };
  });

const jsonOf = (entries: readonly [string, unknown][]): string =>
  `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
const encoding = fc.constantFrom('plain', 'every byte', 'plus');
const encode = (text: string, how: string): string => {
  if (how === 'every byte')
    return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  return how === 'plus' ? encodeURIComponent(text).replaceAll('%20', '+') : encodeURIComponent(text);
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

type RequestedOperation = typeof anyOperation extends fc.Arbitrary<infer T> ? T : never;
type Form = 'POST' | 'GET' | 'POST persisted' | 'GET persisted';

/** A request for the operation, in one of the forms that clients use. */
function bytesOf(
  { source, operationName, variables }: RequestedOperation,
  form: Form,
  how: string,
  client: string,
): Buffer {
  const extensions: [string, unknown][] = form.endsWith('persisted')
    ? [['persistedQuery', { version: 1, sha256Hash: sha256(source) }]]
    : [];
  const members: [string, string][] = [
    ['query', source],
    ...(operationName === null ? [] : ([['operationName', operationName]] as [string, string][])),
    ['variables', jsonOf(variables)],
    ...(extensions.length > 0 ? ([['extensions', jsonOf(extensions)]] as [string, string][]) : []),
  ];
  if (form.startsWith('GET'))
    return request('GET', `/graphql?${members.map(([key, value]) => `${key}=${encode(value, how)}`).join('&')}`, {
      'apollo-require-preflight': '1',
      'x-client': client,
    });
  const body = `{${members.map(([key, value]) => `"${key}":${key === 'query' || key === 'operationName' ? JSON.stringify(value) : value}`).join(',')}}`;
  return postRaw(body, { 'x-client': client });
}

let clients = 0;

/** Sends a request as a new client. Returns the cost charged and the operation executed. */
async function send(
  bytesFor: (client: string) => Buffer,
): Promise<{ status: number; cost: number | null; ran: Executed[]; text: string }> {
  executed = [];
  const answer = await exchange(port, [bytesFor(`client-${++clients}`)]);
  if (!answer) throw new Error('There was no answer.');
  const left = answer.headers['x-ratelimit-cost-remaining'];
  return {
    status: answer.status,
    cost: left === undefined ? null : COST_PER_MINUTE - Number(left),
    ran: executed,
    text: answer.text,
  };
}

describe('the operation that is executed', () => {
  it('is the one that was measured, whatever the form of the request', { timeout: 60_000 + RUNS * 100 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        anyOperation,
        fc.constantFrom<Form>('POST', 'GET', 'POST persisted', 'GET persisted'),
        encoding,
        async (given, form, how) => {
          const { status, cost, ran, text } = await send((client) => bytesOf(given, form, how, client));

          if (status !== 200) {
            expect(text).toMatch(/OPERATION_TOO_COSTLY|BAD_USER_INPUT|BAD_REQUEST/);
            expect(ran.every(({ values }) => values === 0)).toBe(true);
            return;
          }
          expect(ran).toHaveLength(1);
          expect(ran[0]).toMatchObject({ source: given.source, operationName: given.runs });
          expect(Object.entries(ran[0]?.variables ?? {})).toEqual(given.variables);
          expect(cost).toBeGreaterThanOrEqual(ran[0]?.values ?? 0);
          expect(cost).toBeLessThanOrEqual(LIMITS.cost);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('is rejected if a parser could read the request in two ways', {
    timeout: 60_000 + RUNS * 100,
  }, async () => {
    const expensive = 'query ($a: Int = 100) { rooms(first: $a) { rooms(first: $a) { rooms(first: $a) { name } } } }';
    const decoy = fc.constantFrom(
      '&variables={"x":"%FF"}',
      '&extensions={"x":"%FF"}',
      '#',
      '&query={castle}',
      '&quer%79={castle}',
      '&variables={}&variables={"a":1}',
      '&variables={"a":1}%00',
      '&variables={"a":1}{"a":100}',
      '&operationName=A&operationName=B',
      '&x=%C0%AF',
    );
    await fc.assert(
      fc.asyncProperty(decoy, fc.boolean(), async (tail, isFirst) => {
        const query = `query=${encodeURIComponent(expensive)}`;
        const { status, ran } = await send((client) =>
          request('GET', `/graphql?${isFirst ? `${tail.replace(/^[&#]/, '')}&` : ''}${query}${isFirst ? '' : tail}`, {
            'apollo-require-preflight': '1',
            'x-client': client,
          }),
        );

        expect(status).toBe(400);
        expect(ran).toEqual([]);
      }),
      { numRuns: Math.min(RUNS, 100) },
    );
  });

  it('is not replaced by another one whose name and text concatenate to the same string', async () => {
    const [head, tail] = [
      'query HEAD { castle }',
      'query TAIL($a: Int = 100) { rooms(first: $a) { rooms(first: $a) { name } } }',
    ];
    await send((client) =>
      postRaw(JSON.stringify({ query: `${head}\n${tail}`, operationName: 'HEAD' }), { 'x-client': client }),
    );

    const results = [
      await send((client) => postRaw(JSON.stringify({ query: tail, operationName: head }), { 'x-client': client })),
      await send((client) => postRaw(JSON.stringify({ query: tail, operationName: 'HEAD' }), { 'x-client': client })),
      await send((client) => postRaw(JSON.stringify({ query: tail }), { 'x-client': client })),
    ];

    expect(results.map(({ status, ran }) => [status, ran])).toEqual([
      [400, []],
      [400, []],
      [400, []],
    ]);
  });

  it('is the one that was measured if the document is found by its hash', async () => {
    const source = 'query ($constructor: Int = 100) { rooms(first: $constructor) { name } }';
    const persisted = { persistedQuery: { version: 1, sha256Hash: sha256(source) } };
    await send((client) => postRaw(JSON.stringify({ query: source, extensions: persisted }), { 'x-client': client }));

    const { status, cost, ran } = await send((client) =>
      postRaw(JSON.stringify({ extensions: persisted, variables: { toString: 1 } }), { 'x-client': client }),
    );

    expect([
      status,
      cost,
      ran[0]?.values,
      getOperationAST(parse(ran[0]?.source ?? '{a}')) as OperationDefinitionNode,
    ]).toMatchObject([200, 200, 200, { operation: 'query' }]);
  });
});
