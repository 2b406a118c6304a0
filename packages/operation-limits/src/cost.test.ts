import { buildSchema, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { OperationGuard } from './guard.js';
import { checkOperation } from './testing/checkOperation.js';

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@listSize"])';
const DEFINITIONS = `
  directive @link(url: String!, as: String, import: [Import]) repeatable on SCHEMA
  scalar Import
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
`;
const CASTLES = `
  type Query {
    castle: Castle
    rooms: [Room!]! @listSize(assumedSize: 4)
    sliced(limit: Int, most: Int = 6): [Room!]! @listSize(assumedSize: 5, slicingArguments: ["limit"])
    usual(most: Int = 6): [Room!]! @listSize(slicingArguments: ["most"])
    larger(head: Int, tail: Int): [Room!]! @listSize(slicingArguments: ["head", "tail"], requireOneSlicingArgument: false)
    unsized: [Room!]! @listSize(sizedFields: ["doors"], assumedSize: 3)
    filtered(kind: [String!]): [Room!]! @listSize(assumedSize: 7)
    byIds(ids: [ID!]!): [Room]! @listSize(assumedSize: 9)
    without(ids: [ID!]): [Room]! @listSize(assumedSize: 9)
    page(top: Int): RoomPage @listSize(assumedSize: 8, slicingArguments: ["top"], sizedFields: ["items"])
    search(filter: Filter, filters: [Filter!], words: String @cost(weight: 50)): Room
    usualFilter(filter: Filter = { words: "moat" }): Room
    usualWords(filter: Usual): Room
    dear: Tower
    built: [Built!]! @listSize(assumedSize: 2)
    keys: [Key!]! @listSize(assumedSize: 3)
  }
  input Filter { words: String @cost(weight: 100) kind: [String!] inner: Inner }
  input Usual { words: String = "moat" @cost(weight: 40) }
  input Inner { words: String @cost(weight: 30) more: Inner }
  type RoomPage { count: Int @cost(weight: 20) items: [Room!]! others: [Room!]! @listSize(assumedSize: 2) }
  interface Built { age: Int guards: [Guard!]! }
  type Castle implements Built { age: Int guards: [Guard!]! @listSize(assumedSize: 30) name: String }
  type Tower implements Built @cost(weight: 9) { age: Int @cost(weight: 5) guards: [Guard!]! @listSize(assumedSize: 40) rooms: [Room!]! @cost(weight: 3) @listSize(assumedSize: 2) }
  type Guard { name: String }
  type Room { name: String doors: [Door!]! }
  type Door { size: Int }
  scalar Key @cost(weight: 2)
`;

/** The cost of an operation, as LimitExceeded reports it. */
function costBy(
  schema: GraphQLSchema,
  sdl: string | undefined,
  query: string,
  variables: Record<string, unknown> = {},
): number {
  const guard = new OperationGuard(
    {
      tokens: 1000,
      depth: 1000,
      aliases: 1000,
      rootFields: 1000,
      directives: 1000,
      selections: 1e6,
      cost: -1,
      page: 100,
    },
    schema,
    sdl,
  );
  try {
    checkOperation(guard, query, null, variables);
  } catch (error) {
    return Number(/as many as (\d+) values/.exec((error as Error).message)?.[1]);
  }
  return -1;
}

const castles = buildSchema(`${LINK} ${DEFINITIONS} ${CASTLES}`);
const costOf = (query: string, variables?: Record<string, unknown>): number =>
  costBy(castles, undefined, query, variables);

describe('the cost of an operation with cost directives', () => {
  it.each([
    ['a list has its assumed size', '{ rooms { name } }', 4 * 2],
    [
      'nested lists multiply, and a list without @listSize has ten elements',
      '{ rooms { doors { size } } }',
      4 * (1 + 10 * 2),
    ],
    ['a slicing argument is the size', '{ sliced(limit: 2) { name } }', 2 * 2],
    ['without a slicing argument, the assumed size counts', '{ sliced { name } }', 5 * 2],
    ['other arguments are not slicing arguments', '{ sliced(most: 90) { name } }', 5 * 2],
    ['a missing slicing argument has its default', '{ usual { name } }', 6 * 2],
    ['the maximum of several slicing arguments counts', '{ larger(head: 3, tail: 11) { name } }', 11 * 2],
    ['a sliced list without an assumed size has the default page size', '{ larger { name } }', 20 * 2],
    ['a list with sized fields has ten elements itself', '{ unsized { doors { size } } }', 10 * (1 + 3 * 2)],
    ['@listSize takes precedence over a list argument', '{ filtered(kind: ["a"]) { name } }', 7 * 2],
    ['a list by ids is as long as the list of ids', '{ byIds(ids: ["a", "b", "a"]) { name } }', 3 * 2],
    ['a list by ids is at most its assumed size', `{ byIds(ids: [${'"a" '.repeat(50)}]) { name } }`, 9 * 2],
    ['a list by one id is of one object', '{ byIds(ids: "a") { name } }', 2],
    ['ids that may be left out are a filter', '{ without(ids: ["a"]) { name } }', 9 * 2],
    ['a page counts once, its entries by the slicing argument', '{ page(top: 3) { items { name } } }', 1 + 3 * 2],
    ['a page without a slicing argument has the assumed size', '{ page { items { name } } }', 1 + 8 * 2],
    ['other lists of a page have their own @listSize', '{ page(top: 3) { others { name } } }', 1 + 2 * 2],
    [
      'a sized field counts inside a fragment',
      '{ page(top: 3) { ...P } } fragment P on RoomPage { items { name } }',
      1 + 3 * 2,
    ],
    ['a field with @cost costs its weight', '{ page { count } }', 1 + 20],
    ['a type with @cost costs its weight', '{ dear { __typename } }', 9],
    ['an aliased __typename counts', '{ dear { __typename a: __typename b: __typename } }', 9 + 2],
    [
      'the weight of a field overrides that of its type, and is multiplied',
      '{ dear { rooms { name } } }',
      9 + 2 * (3 + 1),
    ],
    ['the weight of a scalar is multiplied by the list size', '{ keys }', 3 * 2],
    ['a given argument adds its weight', '{ search(words: "moat") { name } }', 2 + 50],
    ['a null argument adds nothing', '{ search(words: null) { name } }', 2],
    ['a given input field adds its weight', '{ search(filter: { words: "moat", kind: ["a"] }) { name } }', 2 + 100],
    ['a missing input field adds nothing', '{ search(filter: { kind: ["a"] }) { name } }', 2],
    [
      'nested input fields add their weights',
      '{ search(filter: { inner: { words: "a", more: { words: "b", more: { more: { words: "c" } } } } }) { name } }',
      2 + 90,
    ],
    [
      'each input of a list adds its weight',
      '{ search(filters: [{ words: "a" }, { words: "b" }, {}]) { name } }',
      2 + 200,
    ],
    ['a single input for a list counts once', '{ search(filters: { words: "a" }) { name } }', 2 + 100],
    ['the default of an argument adds its weight', '{ usualFilter { name } }', 2 + 100],
    ['a given value replaces the default', '{ usualFilter(filter: {}) { name } }', 2],
    ['the default of an input field adds its weight', '{ usualWords(filter: {}) { name } }', 2 + 40],
    ['null replaces that default', '{ usualWords(filter: { words: null }) { name } }', 2],
    ['an interface costs as much as its most expensive type', '{ built { __typename } }', 2 * 9],
    ['a field of an interface costs as much as in the most expensive type', '{ built { age } }', 2 * (9 + 5)],
    ['a list of an interface has the maximum size of its types', '{ built { guards { name } } }', 2 * (9 + 40 * 2)],
    [
      'a type condition counts the sizes of its type',
      '{ built { ... on Castle { guards { name } } } }',
      2 * (9 + 30 * 2),
    ],
    [
      'of several type conditions the most expensive counts',
      '{ built { age ... on Castle { name } ... on Tower { rooms { name } } ... on Built { __typename } } }',
      2 * (9 + 5 + 2 * (3 + 1)),
    ],
  ])('%s: %s', (_, query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it('depends on the variables of each request', () => {
    const query =
      'query ($limit: Int, $top: Int, $w: String = "moat", $f: Filter) { sliced(limit: $limit) { name } page(top: $top) { items { name } } search(words: $w, filter: $f) { name } }';

    expect(costOf(query)).toBe(5 * 2 + (1 + 8 * 2) + (2 + 50));
    expect(costOf(query, { limit: 50, top: 2, w: null, f: { words: 'x', inner: { words: 'y' } } })).toBe(
      50 * 2 + (1 + 2 * 2) + (2 + 130),
    );
    expect(costOf(query, { limit: 'x', top: -1, f: 'wrong' })).toBe(5 * 2 + (1 + 8 * 2) + (2 + 50));
  });

  it('reads variables inside a literal', () => {
    const query =
      'query ($w: String, $d: String = "x") { one: search(filter: { words: $w }) { name } two: search(filter: { inner: { words: $d } }) { name } }';

    expect(costOf(query)).toBe(2 + (2 + 30));
    expect(costOf(query, { w: 'moat', d: null })).toBe(2 + 100 + 2);
  });
});

describe('cost directives', () => {
  const plain = buildSchema(
    'type Query { rooms: [Room!]! page(first: Int, last: Int): Page } type Page { nodes: [Room!]! count: Int } type Room { name: String }',
  );
  const sdl = (link: string, listSize: string, cost: string): string => `${link} { query: Query }
    type Query { rooms: [Room!]! @${listSize}(assumedSize: 4) page(first: Int, last: Int): Page } type Page { nodes: [Room!]! count: Int @${cost}(weight: 7) } type Room { name: String }`;
  const query = '{ rooms { name } page { nodes { name } count } }';
  const ANNOTATED = 4 * 2 + 1 + 20 * 2 + 7;
  const cost = (version: string, more: string): string =>
    `schema @link(url: "https://specs.apollo.dev/${version}"${more})`;

  it.each([
    ['imported', cost('cost/v0.1', ', import: ["@cost", "@listSize"]'), 'listSize', 'cost'],
    [
      '@cost needs no import, since its specification has the same name',
      cost('cost/v0.1', ', import: ["@listSize"]'),
      'listSize',
      'cost',
    ],
    ['not imported', cost('cost/v0.1', ''), 'cost__listSize', 'cost'],
    [
      'imported under other names',
      cost('cost/v0.1', ', import: [{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@size" }]'),
      'size',
      'price',
    ],
    ['of a specification linked under another name', cost('cost/v0.1', ', as: "ibm"'), 'ibm__listSize', 'ibm'],
    [
      'of the federation specification',
      cost('federation/v2.9', ', import: ["@key", "@cost", { name: "@listSize" }]'),
      'listSize',
      'cost',
    ],
    [
      'of the federation specification, not imported',
      cost('federation/v2.9', ''),
      'federation__listSize',
      'federation__cost',
    ],
  ])('are read by their names in the schema: %s', (_, link, listSize, weight) => {
    expect(costBy(plain, sdl(link, listSize, weight), query)).toBe(ANNOTATED);
  });

  it.each([
    ['without a link', 'schema'],
    [
      'of another specification',
      'schema @link(url: "https://specs.example/cost/v0.1", import: ["@cost", "@listSize"])',
    ],
    [
      'but imports them under other names',
      cost('cost/v0.1', ', import: [{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@size" }]'),
    ],
  ])('are ignored if the schema defines directives of these names %s', (_, link) => {
    expect(costBy(plain, sdl(link, 'listSize', 'cost'), query)).toBe(10 * 2 + 1 + 20 * 2 + 1);
  });

  it('are read from extensions', () => {
    const extended = `${cost('cost/v0.1', ', import: ["@listSize"]')} { query: Query } type Query { page: Page } extend type Query { rooms: [Room!]! @listSize(assumedSize: 4) } type Page { nodes: [Room!]! count: Int } extend type Room @cost(weight: 2) type Room { name: String }`;
    expect(costBy(plain, extended, '{ rooms { name } }')).toBe(4 * (2 + 1));
  });

  it('with a negative weight count as zero', () => {
    const negative = `${cost('cost/v0.1', '')} { query: Query } type Query { rooms: [Room!]! page: Page } type Room @cost(weight: -5) { name: String }`;
    expect(costBy(plain, negative, '{ rooms { name } page { count } }')).toBe(10 * 1 + 1 + 1);
  });
});
