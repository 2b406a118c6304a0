import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exchange, post, postRaw, request } from './exchange.js';
import { checkLogged, checkResponse, checkResponsive } from './invariants.js';
import { startTargets, type Target } from './processes.js';

/** Runs of each property: few by default, more by FUZZ_RUNS. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);
const UUID = /^[0-9a-f-]{36}$/;
const MILLISECONDS = 60_000 + RUNS * 200;

let targets: Target[];
let close: () => Promise<void>;
beforeAll(async () => {
  ({ targets, close } = await startTargets({ REQUEST_TIMEOUT_SECONDS: '3' }));
});
afterAll(() => close?.());

const name = fc.constantFrom(
  '__typename',
  'statement',
  'statements',
  'nodes',
  'id',
  'summary',
  'document',
  'node',
  'attribution',
  'speakers',
  'name',
  '__schema',
  'types',
  '__proto__',
  'constructor',
  'totalCount',
  'x',
);
const scalar = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('statement:memri-sd-10149/S06', '"', '2022-08-19', 'NEAR(', '%00'),
);
const value = fc.oneof(
  scalar.map((given) => JSON.stringify(given)),
  fc.constantFrom('$a', '$b', 'TEXT', '[]', '{}', '{ search: "a" }', '[[1]]', '"""a"""'),
);
const args = fc
  .array(fc.tuple(fc.constantFrom('id', 'first', 'last', 'after', 'filter', 'orderBy', 'if', 'x'), value), {
    maxLength: 3,
  })
  .map((given) => (given.length > 0 ? `(${given.map(([key, held]) => `${key}: ${held}`).join(', ')})` : ''));
const directive = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom(' @skip(if: $b)', ' @include(if: true)', ' @defer', ' @x') },
);

/** Documents that are mostly valid GraphQL and sometimes valid for this schema. */
const { selection } = fc.letrec<{ selection: string; field: string }>((tie) => ({
  field: fc
    .tuple(
      fc.option(name),
      name,
      args,
      directive,
      fc.oneof({ maxDepth: 5, withCrossShrink: true }, fc.constant(''), tie('selection')),
    )
    .map(
      ([alias, field, given, with_, inner]) => `${alias === null ? '' : `${alias}: `}${field}${given}${with_}${inner}`,
    ),
  selection: fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: tie('field') },
        { weight: 1, arbitrary: fc.constantFrom('...F', '... on Statement { id }', '... { __typename }') },
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((parts) => ` { ${parts.join(' ')} }`),
}));
const document = fc
  .tuple(
    fc.constantFrom(
      '',
      'query A($a: ID, $b: Boolean)',
      'query ($a: Int!, $b: Boolean = true)',
      'mutation',
      'subscription S',
    ),
    selection,
    fc.constantFrom('', ' fragment F on Query { __typename }', ' fragment F on Query { ...F }'),
  )
  .map((parts) => parts.join(''));

const variables = fc.oneof(
  fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'x'), fc.oneof(scalar, fc.jsonValue({ maxDepth: 4 }))),
  fc.jsonValue({ maxDepth: 3 }),
);
const headerName = fc.constantFrom(
  'accept',
  'content-type',
  'content-encoding',
  'accept-encoding',
  'x-request-id',
  'origin',
  'host',
  'expect',
  'if-none-match',
  'transfer-encoding',
  'connection',
  'x-forwarded-for',
  'apollo-require-preflight',
  'traceparent',
);
const headerValue = fc.oneof(
  fc.stringMatching(/^[\x20-\x7e]{0,30}$/),
  fc.constantFrom(
    '*/*',
    'application/json',
    'gzip',
    'chunked',
    'text/html;q=1',
    'application/json; charset=utf-8',
    '100-continue',
    'close, upgrade',
  ),
);
const headers = fc.dictionary(headerName, headerValue, { maxKeys: 4 });

/** Sends the same bytes to each process and checks the invariants. Bytes that are not a request need no response. */
async function sendAll(bytes: Buffer, mayBeSilent = false): Promise<void> {
  // All at once, since a process that gives no answer is waited for.
  await Promise.all(
    targets.map(async (target) => {
      const answer = await exchange(target.port, [bytes], 1_000);
      if (!answer && !mayBeSilent) throw new Error(`${target.name} gave no answer.`);
      if (answer && answer.status !== 100) {
        checkResponse(answer);
        // An id generated in one run may occur again in another.
        if (UUID.test(answer.headers['x-request-id'] ?? '')) await checkLogged(target, answer);
      }
    }),
  );
}

const hold = async (property: fc.IAsyncPropertyWithHooks<unknown>) => {
  await fc.assert(property, { numRuns: RUNS });
  for (const target of targets) {
    await checkResponsive(target);
    expect(target.isRunning()).toBe(true);
  }
};

it('every program meets the invariants for any document with any variables', { timeout: MILLISECONDS }, async () => {
  await hold(fc.asyncProperty(document, variables, (query, given) => sendAll(post({ query, variables: given }))));
});

it('every program meets the invariants for any JSON', { timeout: MILLISECONDS }, async () => {
  await hold(
    fc.asyncProperty(
      fc.record(
        {
          query: fc.oneof(document, fc.jsonValue()),
          operationName: fc.jsonValue(),
          variables: fc.jsonValue(),
          extensions: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
      (body) => sendAll(post(body)),
    ),
  );
});

it('every program meets the invariants for any headers', { timeout: MILLISECONDS }, async () => {
  await hold(
    fc.asyncProperty(headers, fc.constantFrom('GET', 'POST'), (given, method) =>
      sendAll(
        method === 'GET'
          ? request('GET', '/graphql?query={__typename}', given)
          : post({ query: '{ __typename }' }, given),
        true,
      ),
    ),
  );
});

it('every program meets the invariants for any bytes', { timeout: MILLISECONDS }, async () => {
  await hold(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.boolean(), (bytes, isBody) =>
      sendAll(
        isBody ? postRaw(Buffer.from(bytes)) : Buffer.concat([Buffer.from(bytes), Buffer.from('\r\n\r\n')]),
        !isBody,
      ),
    ),
  );
});
