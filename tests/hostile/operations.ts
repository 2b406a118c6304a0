import { ask, post } from './exchange.js';
import type { Case } from './requests.js';

const many = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');
const nested = (depth: number, open: string, leaf: string, close: string): string =>
  `${open.repeat(depth)}${leaf}${close.repeat(depth)}`;
const found = (search: string): Case[2] => (search === '' ? 'any' : 200);

const syntax: Case[] = [
  ['an empty document', [ask('')], 'refused'],
  ['a document of spaces', [ask('   ')], 'refused'],
  ['a document with only a comment', [ask('# nothing')], 'refused'],
  ['an unclosed selection set', [ask('{ __typename')], 400, 'GRAPHQL_PARSE_FAILED'],
  ['an unterminated string', [ask('{ node(id: "a) { id } }')], 400, 'GRAPHQL_PARSE_FAILED'],
  ['an unterminated block string', [ask('{ node(id: """a) { id } }')], 400, 'GRAPHQL_PARSE_FAILED'],
  ['NUL in a document', [ask('{ __type\0name }')], 400, 'GRAPHQL_PARSE_FAILED'],
  ['an invalid Unicode escape', [ask('{ statement(id: "\\u{110000}") { id } }')], 400, 'GRAPHQL_PARSE_FAILED'],
  ['a type definition instead of an operation', [ask('type Query { a: Int }')], 'refused'],
  ['a type extension next to an operation', [ask('{ __typename } extend type Query { a: Int }')], 'refused'],
  ['SQL', [ask("select * from statement where '1' = '1'; --")], 400, 'GRAPHQL_PARSE_FAILED'],
  ['a field name of half a megabyte', [ask(`{ ${'a'.repeat(500_000)} }`)], 'refused'],
  ['half a megabyte of spaces', [ask(`{ __typename ${' '.repeat(500_000)} }`)], 'any'],
  ['a comment of half a megabyte', [ask(`{ __typename } #${'a'.repeat(500_000)}`)], 'any'],
  ['an id of half a megabyte', [ask(`{ statement(id: "${'a'.repeat(500_000)}") { id } }`)], 'any'],
  ['a number of 10 000 digits', [ask(`{ statements(first: ${'9'.repeat(10_000)}) { totalCount } }`)], 'refused'],
  ['100 000 opening braces', [ask('{'.repeat(100_000))], 'refused'],
  [
    'lists nested 10 000 deep as an argument',
    [ask(`{ statements(first: ${nested(10_000, '[', '1', ']')}) { totalCount } }`)],
    'refused',
  ],
  [
    'objects nested 10 000 deep as an argument',
    [ask(`{ statements(filter: ${nested(10_000, '{a:', '1', '}')}) { totalCount } }`)],
    'refused',
  ],
  [
    'a variable type nested 5 000 deep',
    [ask(`query ($a: ${nested(5_000, '[', 'Int', ']')}) { __typename }`)],
    'refused',
  ],
];

const schema: Case[] = [
  ['an unknown field', [ask('{ statementss { totalCount } }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['an unknown argument', [ask('{ statements(frist: 1) { totalCount } }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['an unknown directive', [ask('{ __typename @explode }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['an unknown fragment', [ask('{ ...Nowhere }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['an unknown variable', [ask('{ statement(id: $id) { id } }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a fragment that spreads itself',
    [ask('{ ...A } fragment A on Query { __typename ...A }')],
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a cycle of fragments',
    [ask('{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }')],
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a mutation', [ask('mutation { drop }')], 'refused'],
  ['a subscription', [ask('subscription { everything }')], 'refused'],
  ['@defer', [ask('{ ... @defer { __typename } }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  [
    '@skip twice on one field',
    [ask('{ __typename @skip(if: true) @skip(if: true) }')],
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['1 000 unknown fields', [ask(`{ ${many(1_000, (at) => `f${at}`)} }`)], 'refused'],
  ['an operation with every field skipped', [ask('{ __typename @skip(if: true) }')], 'any'],
  [
    'property names of Object.prototype as aliases',
    [ask('{ __proto__: __typename constructor: __typename toString: __typename hasOwnProperty: __typename }')],
    'any',
  ],
  [
    'property names of Object.prototype as nested aliases',
    [
      ask(
        '{ __proto__: statement(id: "statement:memri-sd-10149/S06") { __proto__: id constructor: attribution { __proto__: status } } }',
      ),
    ],
    200,
  ],
];

const one = 'query ($id: ID!) { statement(id: $id) { id } }';
const page =
  'query ($first: Int, $after: String, $filter: StatementFilter) { statements(first: $first, after: $after, filter: $filter) { totalCount } }';

const variables: Case[] = [
  ['a missing variable', [ask(one)], 400, 'BAD_USER_INPUT'],
  ['null for a non-null variable', [ask(one, { id: null })], 400, 'BAD_USER_INPUT'],
  ['an object for an ID', [ask(one, { id: { a: 1 } })], 400, 'BAD_USER_INPUT'],
  ['a list for an ID', [ask(one, { id: ['a'] })], 400, 'BAD_USER_INPUT'],
  ['a boolean for an ID', [ask(one, { id: true })], 400, 'BAD_USER_INPUT'],
  ['a fraction for an ID', [ask(one, { id: 1.5 })], 400, 'BAD_USER_INPUT'],
  ['a string for an Int', [ask(page, { first: '5' })], 400, 'BAD_USER_INPUT'],
  ['a fraction for an Int', [ask(page, { first: 1.5 })], 400, 'BAD_USER_INPUT'],
  ['an Int of 41 bits', [ask(page, { first: 2 ** 40 })], 400, 'BAD_USER_INPUT'],
  ['a number for a String', [ask(page, { after: 7 })], 400, 'BAD_USER_INPUT'],
  ['a list for an input object', [ask(page, { filter: [1, 2] })], 400, 'BAD_USER_INPUT'],
  ['an unknown field of an input object', [ask(page, { filter: { nothing: 1 } })], 400, 'BAD_USER_INPUT'],
  [
    'a field named prototype in an input object',
    [ask(page, { filter: { prototype: { a: 1 } } })],
    400,
    'BAD_USER_INPUT',
  ],
  ['an unknown enum value', [ask(page, { filter: { kind: ['NOTHING'] } })], 400, 'BAD_USER_INPUT'],
  [
    'a property name of Object.prototype as an enum value',
    [ask(page, { filter: { kind: ['constructor'] } })],
    400,
    'BAD_USER_INPUT',
  ],
  ...[
    '2022-13-45',
    '',
    '2022',
    "' or 1=1 --",
    '9'.repeat(5_000),
    '0000-00-00',
    '2022-08-19T00:00:00Z',
    20220819,
    true,
    { a: 1 },
  ].map(
    (from): Case => [
      `the date ${JSON.stringify(from).slice(0, 20)}`,
      [ask(page, { filter: { from } })],
      400,
      'BAD_USER_INPUT',
    ],
  ),
  ...['2022-02-30', '99999-01-01', '0000-00-00', '2022-08-19T00:00:00Z', 'soon'].map(
    (from): Case => [
      `the date ${from} as a literal`,
      [ask(`{ statements(filter: { from: "${from}" }) { totalCount } }`)],
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ),
  ['a variable of the output type EDTF', [ask('query ($a: EDTF) { __typename }', { a: '1/2/3/4' })], 'refused'],
  [
    'a variable named __proto__',
    [ask('query ($__proto__: Int) { statements(first: $__proto__) { totalCount } }', { a: 1 })],
    'any',
  ],
  [
    '10 000 undeclared variables',
    [ask(page, Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`v${at}`, at])))],
    'any',
  ],
  [
    '10 000 values in a list',
    [ask(page, { filter: { topic: Array.from({ length: 10_000 }, (_, at) => `t${at}`) } })],
    200,
    'BAD_USER_INPUT',
  ],
  [
    '25 000 values in a list',
    [ask(page, { filter: { topic: Array.from({ length: 25_000 }, (_, at) => `t${at}`) } })],
    200,
    'BAD_USER_INPUT',
  ],
  ['one value 20 000 times in a list', [ask(page, { filter: { kind: Array(20_000).fill('REPORT') } })], 'any'],
];

const ids = [
  '',
  'x',
  ':',
  'statement:',
  'statement:a/b/c/d',
  "statement:x' or '1'='1",
  'statement:../../../../etc/passwd',
  'statement:a\0b',
  'statement:%00',
  '\ud800',
  '🦄'.repeat(1_000),
  '__proto__',
  'a'.repeat(100_000),
];
const cursors = [
  '',
  'a',
  'null',
  '{}',
  Buffer.from('["a","b"]').toString('base64url'),
  Buffer.from('{"k":{"a":1}}').toString('base64'),
  "' or 1=1 --",
  '\0',
  '='.repeat(1_000),
  'a'.repeat(100_000),
];
const words = [
  '"',
  '""',
  'NEAR(',
  'NEAR(a b, 5)',
  '*',
  'a*',
  'jong-un',
  'a:b',
  'summary: labour',
  'AND',
  'OR',
  'NOT',
  'a AND',
  '(',
  ')',
  '^a',
  '{summary}: a',
  '-a',
  '+',
  "'",
  '%',
  '\0',
  '\\',
  ';drop table x',
  'é́́́',
  '🦄',
  '\ud800',
  'a'.repeat(100_000),
  'a '.repeat(20_000),
];

const values: Case[] = [
  ...ids.map((id): Case => [`the id ${JSON.stringify(id).slice(0, 30)}`, [ask(one, { id })], found('a')]),
  ...ids
    .slice(0, 9)
    .map(
      (id): Case => [
        `the passage ${JSON.stringify(id).slice(0, 30)}`,
        [ask('query ($id: ID!) { citation(id: $id) { id excerpt document { id } } }', { id })],
        'any',
      ],
    ),
  ...[
    'citation:memri-sd-10149#char=5,1',
    'citation:memri-sd-10149#char=-1,9',
    'citation:memri-sd-10149#char=0,99999999999999999999',
    'citation:memri-sd-10149#char=1e3,2e3',
    'citation:../secret#char=0,1',
  ].map(
    (id): Case => [
      `the passage ${id}`,
      [ask('query ($id: ID!) { citation(id: $id) { id excerpt start end } }', { id })],
      'any',
    ],
  ),
  ...cursors.map(
    (after): Case => [
      `the cursor ${JSON.stringify(after).slice(0, 30)}`,
      [ask(page, { first: 1, after })],
      200,
      'BAD_USER_INPUT',
    ],
  ),
  ...[-1, 101, 2 ** 31 - 1, -(2 ** 31)].map(
    (first): Case => [`pages of ${first}`, [ask(page, { first })], 400, 'BAD_USER_INPUT'],
  ),
  ['first and last together', [ask('{ statements(first: 1, last: 1) { totalCount } }')], 400, 'BAD_USER_INPUT'],
  [
    'an invalid cursor in a thousand places',
    [
      ask(
        `{ statements(first: 100) { nodes { attribution { speakers { ${many(10, (at) => `a${at}: statements(first: 1, after: "${'x'.repeat(300)}") { totalCount }`)} } } } } }`,
      ),
    ],
    200,
    'BAD_USER_INPUT',
  ],
  ...words.map(
    (search): Case => [
      `a search for ${JSON.stringify(search).slice(0, 30)}`,
      [ask(page, { first: 1, filter: { search } })],
      'any',
    ],
  ),
];

/** Operations on the federation fields of subgraphs; a gateway rejects them. */
export const federation: Case[] = [
  ['a representation without a type', [ask('{ _entities(representations: [{}]) { __typename } }')], 'any'],
  [
    'a representation of an unknown type',
    [ask('{ _entities(representations: [{ __typename: "__proto__", id: "a" }]) { __typename } }')],
    'any',
  ],
  [
    'representations with an invalid or missing key',
    [
      ask('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', {
        of: [
          { __typename: 'Statement', id: { a: 1 } },
          { __typename: 'Statement' },
          { __typename: 'Statement', id: 'statement:a/b' },
        ],
      }),
    ],
    'any',
  ],
  [
    'representations that are not objects',
    [ask('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', { of: [7, 'a', [], true] })],
    'any',
  ],
  [
    '2 000 representations',
    [
      ask('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', {
        of: Array.from({ length: 2_000 }, (_, at) => ({ __typename: 'Statement', id: `statement:a/${at}` })),
      }),
    ],
    'any',
  ],
  ...[9_999, 2_000].map(
    (count): Case => [
      `${count} representations of unknown types`,
      [
        ask('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', {
          of: Array.from({ length: count }, (_, at) => ({ __typename: `Nothing${at}` })),
        }),
      ],
      'any',
    ],
  ),
  [
    '9 000 representations in 40 places',
    [
      ask(`query ($of: [_Any!]!) { ${many(40, (at) => `a${at}: _entities(representations: $of) { __typename }`)} }`, {
        of: Array.from({ length: 9_000 }, (_, at) => ({ __typename: `Nothing${at}` })),
      }),
    ],
    'any',
  ],
  [
    'a request for the query plan and a trace',
    [
      post(
        { query: '{ __typename }', extensions: { queryPlan: true, tracing: true } },
        { 'apollo-query-plan-experimental': '1', 'apollo-federation-include-trace': 'ftv1' },
      ),
    ],
    200,
  ],
];

/** Documents that cost more than their size suggests. Limits reject them before they are executed. */
export const size: Case[] = [
  ['10 000 aliases', [ask(`{ ${many(10_000, (at) => `a${at}: __typename`)} }`)], 400],
  [
    '2 000 root fields',
    [ask(`{ ${many(2_000, (at) => `a${at}: statement(id: "statement:memri-sd-10149/S06") { id }`)} }`)],
    400,
  ],
  ['one field 20 000 times', [ask(`{ ${many(20_000, () => '__typename')} }`)], 400],
  ['5 000 directives', [ask(`{ __typename ${many(5_000, () => '@include(if: true)')} }`)], 'refused'],
  ['5 000 unknown directives', [ask(`{ __typename ${many(5_000, () => '@a')} }`)], 'refused'],
  [
    'fragments that double 25 times',
    [
      ask(
        `{ ...F0 } ${many(25, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F25 on Query { __typename }`,
      ),
    ],
    400,
  ],
  ['fields nested 2 000 deep', [ask(nested(2_000, '{ statement(id: "a") ', '{ id }', ' }'))], 'refused'],
  ['inline fragments nested 300 deep', [ask(nested(300, '{ ... ', '{ __typename }', ' }'))], 400, 'OPERATION_TOO_DEEP'],
  ['inline fragments nested 1 300 deep', [ask(nested(1_300, '{ ... on Query ', '{ __typename }', ' }'))], 400],
  [
    'a chain of 490 fragments',
    [
      ask(
        `{ ...F0 } ${many(490, (at) => `fragment F${at} on Query { ...F${at + 1} }`)} fragment F490 on Query { __typename }`,
      ),
    ],
    'any',
  ],
  ['an alias of 200 000 characters', [ask(`{ ${'a'.repeat(200_000)}: __typename }`)], 400, 'OPERATION_TOO_LONG'],
  [
    'an alias of 10 000 characters on every item of a list',
    [ask(`{ statements(first: 100) { nodes { ${'a'.repeat(10_000)}: id } } }`)],
    400,
    'OPERATION_TOO_LONG',
  ],
  [
    'introspection nested 100 deep',
    [ask(`{ __schema { types { fields { type { ${nested(100, 'ofType { ', 'name', ' }')} } } } } }`)],
    'refused',
  ],
  [
    'introspection with multiplying lists',
    [ask(`{ __schema { types ${nested(6, '{ fields { type ', '{ name }', ' } }')} } }`)],
    'refused',
  ],
  [
    'nested lists of 100 items',
    [
      ask(
        '{ statements(first: 100) { nodes { attribution { speakers { statements(first: 100) { nodes { attribution { speakers { statements(first: 100) { nodes { attribution { speakers { statements(first: 100) { nodes { id } } } } } } } } } } } } } } }',
      ),
    ],
    'any',
  ],
  [
    '3 000 fragments',
    [
      ask(
        `{ ...F0 } ${many(3_000, (at) => `fragment F${at} on Query { __typename ${at < 2_999 ? `...F${at + 1}` : ''} }`)}`,
      ),
    ],
    400,
  ],
  [
    '3 000 variables',
    [
      ask(
        `query (${many(3_000, (at) => `$v${at}: Int = ${at}`)}) { ${many(3_000, (at) => `a${at}: statements(first: $v${at}) { totalCount }`)} }`,
      ),
    ],
    400,
  ],
  [
    'thousands of overlapping fields',
    [ask(`{ ${many(2_000, (at) => `statement(id: "a") { a${at % 2}: id }`)} }`)],
    400,
  ],
];

export const operations: Case[] = [...syntax, ...schema, ...variables, ...values];
