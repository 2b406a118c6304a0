import { post, postQuery } from './exchange.js';
import type { Case } from './requests.js';

const many = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');
const nested = (depth: number, open: string, leaf: string, close: string): string =>
  `${open.repeat(depth)}${leaf}${close.repeat(depth)}`;
const found = (search: string): Case[2] => (search === '' ? 'any' : 200);

const syntax: Case[] = [
  ['an empty document', [postQuery('')], 'refused'],
  ['a document of spaces', [postQuery('   ')], 'refused'],
  ['a document with only a comment', [postQuery('# nothing')], 'refused'],
  ['an unclosed selection set', [postQuery('{ __typename')], 400, 'GRAPHQL_PARSE_FAILED'],
  ['an unterminated string', [postQuery('{ node(id: "a) { id } }')], 400, 'GRAPHQL_PARSE_FAILED'],
  ['an unterminated block string', [postQuery('{ node(id: """a) { id } }')], 400, 'GRAPHQL_PARSE_FAILED'],
  ['NUL in a document', [postQuery('{ __type\0name }')], 400, 'GRAPHQL_PARSE_FAILED'],
  ['an invalid Unicode escape', [postQuery('{ statement(id: "\\u{110000}") { id } }')], 400, 'GRAPHQL_PARSE_FAILED'],
  ['a type definition instead of an operation', [postQuery('type Query { a: Int }')], 'refused'],
  ['a type extension next to an operation', [postQuery('{ __typename } extend type Query { a: Int }')], 'refused'],
  ['SQL', [postQuery("select * from statement where '1' = '1'; --")], 400, 'GRAPHQL_PARSE_FAILED'],
  ['a field name of half a megabyte', [postQuery(`{ ${'a'.repeat(500_000)} }`)], 'refused'],
  ['half a megabyte of spaces', [postQuery(`{ __typename ${' '.repeat(500_000)} }`)], 'any'],
  ['a comment of half a megabyte', [postQuery(`{ __typename } #${'a'.repeat(500_000)}`)], 'any'],
  ['an id of half a megabyte', [postQuery(`{ statement(id: "${'a'.repeat(500_000)}") { id } }`)], 'any'],
  ['a number of 10 000 digits', [postQuery(`{ statements(first: ${'9'.repeat(10_000)}) { totalCount } }`)], 'refused'],
  ['100 000 opening braces', [postQuery('{'.repeat(100_000))], 'refused'],
  [
    'lists nested 10 000 deep as an argument',
    [postQuery(`{ statements(first: ${nested(10_000, '[', '1', ']')}) { totalCount } }`)],
    'refused',
  ],
  [
    'objects nested 10 000 deep as an argument',
    [postQuery(`{ statements(filter: ${nested(10_000, '{a:', '1', '}')}) { totalCount } }`)],
    'refused',
  ],
  [
    'a variable type nested 5 000 deep',
    [postQuery(`query ($a: ${nested(5_000, '[', 'Int', ']')}) { __typename }`)],
    'refused',
  ],
];

const schema: Case[] = [
  ['an unknown field', [postQuery('{ statementss { totalCount } }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['an unknown argument', [postQuery('{ statements(frist: 1) { totalCount } }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['an unknown directive', [postQuery('{ __typename @explode }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['an unknown fragment', [postQuery('{ ...Nowhere }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['an unknown variable', [postQuery('{ statement(id: $id) { id } }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'a fragment that spreads itself',
    [postQuery('{ ...A } fragment A on Query { __typename ...A }')],
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a cycle of fragments',
    [postQuery('{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }')],
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a mutation', [postQuery('mutation { drop }')], 'refused'],
  ['a subscription', [postQuery('subscription { everything }')], 'refused'],
  ['@defer', [postQuery('{ ... @defer { __typename } }')], 400, 'GRAPHQL_VALIDATION_FAILED'],
  [
    '@skip twice on one field',
    [postQuery('{ __typename @skip(if: true) @skip(if: true) }')],
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['1 000 unknown fields', [postQuery(`{ ${many(1_000, (at) => `f${at}`)} }`)], 'refused'],
  ['an operation with every field skipped', [postQuery('{ __typename @skip(if: true) }')], 'any'],
  [
    'property names of Object.prototype as aliases',
    [postQuery('{ __proto__: __typename constructor: __typename toString: __typename hasOwnProperty: __typename }')],
    'any',
  ],
  [
    'property names of Object.prototype as nested aliases',
    [
      postQuery(
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
  ['a missing variable', [postQuery(one)], 400, 'BAD_USER_INPUT'],
  ['null for a non-null variable', [postQuery(one, { id: null })], 400, 'BAD_USER_INPUT'],
  ['an object for an ID', [postQuery(one, { id: { a: 1 } })], 400, 'BAD_USER_INPUT'],
  ['a list for an ID', [postQuery(one, { id: ['a'] })], 400, 'BAD_USER_INPUT'],
  ['a boolean for an ID', [postQuery(one, { id: true })], 400, 'BAD_USER_INPUT'],
  ['a fraction for an ID', [postQuery(one, { id: 1.5 })], 400, 'BAD_USER_INPUT'],
  ['a string for an Int', [postQuery(page, { first: '5' })], 400, 'BAD_USER_INPUT'],
  ['a fraction for an Int', [postQuery(page, { first: 1.5 })], 400, 'BAD_USER_INPUT'],
  ['an Int of 41 bits', [postQuery(page, { first: 2 ** 40 })], 400, 'BAD_USER_INPUT'],
  ['a number for a String', [postQuery(page, { after: 7 })], 400, 'BAD_USER_INPUT'],
  ['a list for an input object', [postQuery(page, { filter: [1, 2] })], 400, 'BAD_USER_INPUT'],
  ['an unknown field of an input object', [postQuery(page, { filter: { nothing: 1 } })], 400, 'BAD_USER_INPUT'],
  [
    'a field named prototype in an input object',
    [postQuery(page, { filter: { prototype: { a: 1 } } })],
    400,
    'BAD_USER_INPUT',
  ],
  ['an unknown enum value', [postQuery(page, { filter: { kind: ['NOTHING'] } })], 400, 'BAD_USER_INPUT'],
  [
    'a property name of Object.prototype as an enum value',
    [postQuery(page, { filter: { kind: ['constructor'] } })],
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
      [postQuery(page, { filter: { from } })],
      400,
      'BAD_USER_INPUT',
    ],
  ),
  ...['2022-02-30', '99999-01-01', '0000-00-00', '2022-08-19T00:00:00Z', 'soon'].map(
    (from): Case => [
      `the date ${from} as a literal`,
      [postQuery(`{ statements(filter: { from: "${from}" }) { totalCount } }`)],
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ),
  ['a variable of the output type EDTF', [postQuery('query ($a: EDTF) { __typename }', { a: '1/2/3/4' })], 'refused'],
  [
    'a variable named __proto__',
    [postQuery('query ($__proto__: Int) { statements(first: $__proto__) { totalCount } }', { a: 1 })],
    'any',
  ],
  [
    '10 000 undeclared variables',
    [postQuery(page, Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`v${at}`, at])))],
    'any',
  ],
  [
    '10 000 values in a list',
    [postQuery(page, { filter: { topic: Array.from({ length: 10_000 }, (_, at) => `t${at}`) } })],
    200,
    'BAD_USER_INPUT',
  ],
  [
    '25 000 values in a list',
    [postQuery(page, { filter: { topic: Array.from({ length: 25_000 }, (_, at) => `t${at}`) } })],
    200,
    'BAD_USER_INPUT',
  ],
  ['one value 20 000 times in a list', [postQuery(page, { filter: { kind: Array(20_000).fill('REPORT') } })], 'any'],
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
  ...ids.map((id): Case => [`the id ${JSON.stringify(id).slice(0, 30)}`, [postQuery(one, { id })], found('a')]),
  ...ids
    .slice(0, 9)
    .map(
      (id): Case => [
        `the passage ${JSON.stringify(id).slice(0, 30)}`,
        [postQuery('query ($id: ID!) { citation(id: $id) { id excerpt document { id } } }', { id })],
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
      [postQuery('query ($id: ID!) { citation(id: $id) { id excerpt start end } }', { id })],
      'any',
    ],
  ),
  ...cursors.map(
    (after): Case => [
      `the cursor ${JSON.stringify(after).slice(0, 30)}`,
      [postQuery(page, { first: 1, after })],
      200,
      'BAD_USER_INPUT',
    ],
  ),
  ...[-1, 101, 2 ** 31 - 1, -(2 ** 31)].map(
    (first): Case => [`pages of ${first}`, [postQuery(page, { first })], 400, 'BAD_USER_INPUT'],
  ),
  ['first and last together', [postQuery('{ statements(first: 1, last: 1) { totalCount } }')], 400, 'BAD_USER_INPUT'],
  [
    'an invalid cursor in a thousand places',
    [
      postQuery(
        `{ statements(first: 100) { nodes { attribution { speakers { ${many(10, (at) => `a${at}: statements(first: 1, after: "${'x'.repeat(300)}") { totalCount }`)} } } } } }`,
      ),
    ],
    200,
    'BAD_USER_INPUT',
  ],
  ...words.map(
    (search): Case => [
      `a search for ${JSON.stringify(search).slice(0, 30)}`,
      [postQuery(page, { first: 1, filter: { search } })],
      'any',
    ],
  ),
];

/** Operations on the federation fields of subgraphs; a gateway rejects them. */
export const federation: Case[] = [
  ['a representation without a type', [postQuery('{ _entities(representations: [{}]) { __typename } }')], 'any'],
  [
    'a representation of an unknown type',
    [postQuery('{ _entities(representations: [{ __typename: "__proto__", id: "a" }]) { __typename } }')],
    'any',
  ],
  [
    'representations with an invalid or missing key',
    [
      postQuery('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', {
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
    [postQuery('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', { of: [7, 'a', [], true] })],
    'any',
  ],
  [
    '2 000 representations',
    [
      postQuery('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', {
        of: Array.from({ length: 2_000 }, (_, at) => ({ __typename: 'Statement', id: `statement:a/${at}` })),
      }),
    ],
    'any',
  ],
  ...[9_999, 2_000].map(
    (count): Case => [
      `${count} representations of unknown types`,
      [
        postQuery('query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }', {
          of: Array.from({ length: count }, (_, at) => ({ __typename: `Nothing${at}` })),
        }),
      ],
      'any',
    ],
  ),
  [
    '9 000 representations in 40 places',
    [
      postQuery(
        `query ($of: [_Any!]!) { ${many(40, (at) => `a${at}: _entities(representations: $of) { __typename }`)} }`,
        {
          of: Array.from({ length: 9_000 }, (_, at) => ({ __typename: `Nothing${at}` })),
        },
      ),
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
  ['10 000 aliases', [postQuery(`{ ${many(10_000, (at) => `a${at}: __typename`)} }`)], 400],
  [
    '2 000 root fields',
    [postQuery(`{ ${many(2_000, (at) => `a${at}: statement(id: "statement:memri-sd-10149/S06") { id }`)} }`)],
    400,
  ],
  ['one field 20 000 times', [postQuery(`{ ${many(20_000, () => '__typename')} }`)], 400],
  ['5 000 directives', [postQuery(`{ __typename ${many(5_000, () => '@include(if: true)')} }`)], 'refused'],
  ['5 000 unknown directives', [postQuery(`{ __typename ${many(5_000, () => '@a')} }`)], 'refused'],
  [
    'fragments that double 25 times',
    [
      postQuery(
        `{ ...F0 } ${many(25, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F25 on Query { __typename }`,
      ),
    ],
    400,
  ],
  ['fields nested 2 000 deep', [postQuery(nested(2_000, '{ statement(id: "a") ', '{ id }', ' }'))], 'refused'],
  [
    'inline fragments nested 300 deep',
    [postQuery(nested(300, '{ ... ', '{ __typename }', ' }'))],
    400,
    'OPERATION_TOO_DEEP',
  ],
  ['inline fragments nested 1 300 deep', [postQuery(nested(1_300, '{ ... on Query ', '{ __typename }', ' }'))], 400],
  [
    'a chain of 490 fragments',
    [
      postQuery(
        `{ ...F0 } ${many(490, (at) => `fragment F${at} on Query { ...F${at + 1} }`)} fragment F490 on Query { __typename }`,
      ),
    ],
    'any',
  ],
  ['an alias of 200 000 characters', [postQuery(`{ ${'a'.repeat(200_000)}: __typename }`)], 400, 'OPERATION_TOO_LONG'],
  [
    'an alias of 10 000 characters on every item of a list',
    [postQuery(`{ statements(first: 100) { nodes { ${'a'.repeat(10_000)}: id } } }`)],
    400,
    'OPERATION_TOO_LONG',
  ],
  [
    'introspection nested 100 deep',
    [postQuery(`{ __schema { types { fields { type { ${nested(100, 'ofType { ', 'name', ' }')} } } } } }`)],
    'refused',
  ],
  [
    'introspection with multiplying lists',
    [postQuery(`{ __schema { types ${nested(6, '{ fields { type ', '{ name }', ' } }')} } }`)],
    'refused',
  ],
  [
    'nested lists of 100 items',
    [
      postQuery(
        '{ statements(first: 100) { nodes { attribution { speakers { statements(first: 100) { nodes { attribution { speakers { statements(first: 100) { nodes { attribution { speakers { statements(first: 100) { nodes { id } } } } } } } } } } } } } } }',
      ),
    ],
    'any',
  ],
  [
    '3 000 fragments',
    [
      postQuery(
        `{ ...F0 } ${many(3_000, (at) => `fragment F${at} on Query { __typename ${at < 2_999 ? `...F${at + 1}` : ''} }`)}`,
      ),
    ],
    400,
  ],
  [
    '3 000 variables',
    [
      postQuery(
        `query (${many(3_000, (at) => `$v${at}: Int = ${at}`)}) { ${many(3_000, (at) => `a${at}: statements(first: $v${at}) { totalCount }`)} }`,
      ),
    ],
    400,
  ],
  [
    'thousands of overlapping fields',
    [postQuery(`{ ${many(2_000, (at) => `statement(id: "a") { a${at % 2}: id }`)} }`)],
    400,
  ],
];

export const operations: Case[] = [...syntax, ...schema, ...variables, ...values];
