import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchange, get, post, postQuery, request } from './exchange.js';
import { checkResponse, checkResponsive } from './invariants.js';
import { startTargets, type Target } from './processes.js';

/** Maximum memory of a process in megabytes, as set in deploy/. */
const MEMORY_MB = 512;
/** Milliseconds within which a health check must be answered, under any load. */
const HEALTH_MS = 500;
// A busy machine may cause one late response; a real defect fails again on retry.
const AGAIN = { retry: 2, timeout: 60_000 };

const many = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');
const doubling = (levels: number, field: string, leaf: string): string =>
  `${many(levels, (at) => `fragment F${at} on Statement { a: ${field} { ...F${at + 1} } b: ${field} { ...F${at + 1} } }`)} fragment F${levels} on Statement { ${leaf} }`;

type Attack = [what: string, bytes: Buffer, status: number | 'any', code?: string];

const planning: Attack[] = [
  [
    'a field through an interface of twenty types',
    postQuery('{ node(id: "x") { ... on Sourced { citations { document { publisher { name } } } } } }'),
    200,
  ],
  [
    'two levels of it',
    postQuery(
      '{ node(id: "x") { ... on Sourced { citations { document { publisher { citations { document { publisher { name } } } } } } } } }',
    ),
    'any',
  ],
  [
    'three levels of it',
    postQuery(
      '{ node(id: "x") { ... on Sourced { citations { document { publisher { citations { document { publisher { citations { document { publisher { name } } } } } } } } } } } }',
    ),
    'any',
  ],
  [
    'an interface within itself',
    postQuery(
      '{ node(id: "x") { ... on Sourced { ... on Node { ... on Sourced { ... on Actor { ... on Sourced { citations { paragraph { voice { name note } } } } } } } } } }',
    ),
    'any',
  ],
  [
    'every actor of every statement of every actor',
    postQuery(
      `{ actors(first: 1) { nodes ${'{ name statements(first: 1) { nodes { subjects '.repeat(6)}{ name }${' } } }'.repeat(6)} } }`,
    ),
    'any',
  ],
  [
    'twenty aliases of the same',
    postQuery(
      `{ ${many(20, (at) => `a${at}: node(id: "x${at}") { ... on Sourced { citations { document { publisher { name } } } } }`)} }`,
    ),
    'any',
  ],
  [
    'an operation for each way to skip',
    postQuery(
      `query (${many(12, (at) => `$s${at}: Boolean = false`)}) { statements(first: 1) { nodes { ${many(12, (at) => `a${at}: subjects @skip(if: $s${at}) { name }`)} } } }`,
    ),
    'any',
  ],
  [
    'fragments that double',
    postQuery(
      `{ statement(id: "x") { ...F0 } } ${doubling(9, 'document { statements(first: 1) { nodes', 'id').replaceAll('} b:', '} } } b:').replaceAll('} } fragment', '} } } } fragment')}`,
    ),
    'any',
  ],
];

const prototype =
  'query ($constructor: Int = 100, $toString: Int = 100, $valueOf: Int = 100, $hasOwnProperty: Int = 100)';
const size: Attack[] = [
  [
    '99 aliases of a text under two pages of 100',
    postQuery(
      `{ statements(first: 100) { nodes { document { statements(first: 100) { nodes { ${many(99, (at) => `a${at}: summary`)} } } } } } }`,
    ),
    400,
    'OPERATION_TOO_COSTLY',
  ],
  [
    '99 aliases of a type name under two pages of 100',
    postQuery(
      `{ statements(first: 100) { nodes { document { statements(first: 100) { nodes { ${many(99, (at) => `a${at}: __typename`)} } } } } } }`,
    ),
    400,
    'OPERATION_TOO_COSTLY',
  ],
  [
    'four pages by variables that every object has',
    postQuery(
      `${prototype} { statements(first: $constructor) { nodes { document { statements(first: $toString) { nodes { document { statements(first: $valueOf) { nodes { document { statements(first: $hasOwnProperty) { nodes { id } } } } } } } } } } } }`,
    ),
    400,
    'OPERATION_TOO_COSTLY',
  ],
  [
    'long aliases on many values',
    postQuery(
      `{ statements(first: 100) { nodes { document { statements(first: 18) { nodes { ${many(90, (at) => `${'a'.repeat(190)}${at}: id`)} } } } } } }`,
    ),
    'any',
  ],
  [
    '45 aliases of introspection',
    postQuery(
      `{ ${many(45, (at) => `a${at}: __schema { types { name description fields { name description args { name description } } } }`)} }`,
    ),
    'any',
  ],
  [
    '300 fragments in one place',
    postQuery(
      `{ statement(id: "x") { ${many(300, (at) => `...F${at}`)} } } ${many(300, (at) => `fragment F${at} on Statement { id }`)}`,
    ),
    400,
    'OPERATION_TOO_LARGE',
  ],
  [
    'one object selected 600 times',
    postQuery(`{ statement(id: "x") { ${many(600, () => 'document { id }')} } }`),
    400,
    'OPERATION_TOO_LARGE',
  ],
  [
    'a search for the longest allowed text in every list',
    postQuery(
      `{ ${many(40, (at) => `a${at}: statements(first: 100, filter: { search: "${'a '.repeat(240)}" }) { totalCount nodes { id } }`)} }`,
    ),
    'any',
  ],
];

const requests: Attack[] = [
  [
    'a document that is the end of another',
    post({
      query: 'query TAIL($a: Int = 100) { statements(first: $a) { nodes { id } } }',
      operationName: 'query HEAD { __typename }',
    }),
    400,
    'BAD_REQUEST',
  ],
  [
    'variables that are read in two ways',
    request(
      'GET',
      `/graphql?query=${encodeURIComponent('{ statements(first: 100) { nodes { document { statements(first: 100) { nodes { document { id statements(first: 100) { nodes { id } } } } } } } } }')}&variables={"x":"%FF"}`,
      { 'apollo-require-preflight': '1' },
    ),
    400,
    'BAD_REQUEST',
  ],
  ['a tag of 15 000 spaces', get({ query: '{ __typename }' }, { 'if-none-match': `"${' '.repeat(15_000)}` }), 200],
];

let targets: Target[];
let close: () => Promise<void>;
beforeAll(async () => {
  ({ targets, close } = await startTargets({ REQUEST_TIMEOUT_SECONDS: '3', NODE_OPTIONS: '--max-old-space-size=400' }));
});
afterAll(() => close?.());

const named = (name: string): Target => targets.find((target) => target.name === name) as Target;

/** Sends health checks to a process until `work` is done. Returns the time of the slowest. */
async function slowestHealth({ port }: Target, work: Promise<unknown>): Promise<number> {
  let isDone = false;
  void work.finally(() => {
    isDone = true;
  });
  let slowest = 0;
  while (!isDone) {
    const answer = await exchange(port, [request('GET', '/health')]);
    expect(answer?.status).toBe(200);
    slowest = Math.max(slowest, answer?.milliseconds ?? Number.POSITIVE_INFINITY);
  }
  return slowest;
}

describe.each(['embedded', 'gateway'])('%s', (name) => {
  it.each([...planning, ...size, ...requests])(
    'responds to health checks and known operations during an attack: %s',
    AGAIN,
    async (_, bytes, status, code) => {
      const target = named(name);
      await checkResponsive(target);
      // Three concurrent requests, because slow requests delay each other.
      const sent = Promise.all([1, 2, 3].map(() => exchange(target.port, [bytes], 30_000)));

      const slowest = await slowestHealth(target, sent);
      const [answer] = await sent;

      if (!answer) throw new Error('There was no answer.');
      if (answer.status !== 200) checkResponse(answer, 10_000);
      if (status !== 'any') expect(answer.status, answer.text.slice(0, 300)).toBe(status);
      if (code) expect(answer.text).toContain(`"code":"${code}"`);
      expect(Buffer.byteLength(answer.text)).toBeLessThanOrEqual(8 * 1024 * 1024);
      expect(slowest).toBeLessThan(HEALTH_MS);
      await checkResponsive(target);
      expect(target.memory()).toBeLessThan(MEMORY_MB);
    },
  );
});

it('every process stops on SIGTERM, even while operations are being planned', { timeout: 60_000 }, async () => {
  for (const name of ['embedded', 'gateway']) {
    const target = named(name);
    for (let at = 0; at < 20; at++)
      void exchange(
        target.port,
        [
          postQuery(
            `query Q${at} { actors(first: ${at + 1}) { nodes ${'{ name statements(first: 1) { nodes { subjects '.repeat(5)}{ name }${' } } }'.repeat(5)} } }`,
          ),
        ],
        5_000,
      );
    await checkResponsive(target);
  }

  const codes = await Promise.all(['embedded', 'gateway'].map((name) => named(name).stop()));

  expect(codes).toEqual([0, 0]);
});
