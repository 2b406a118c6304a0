import { buildSchema, getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { OperationGuard } from './guard.js';
import { type InvalidPageSizes, type Limit, LimitExceeded, type OperationLimits } from './limits.js';
import { checkOperation } from './testing/checkOperation.js';

const schema = buildSchema(`
  interface Sized { size: Int }
  type Room implements Sized { size: Int name: String doors: [Door!]! castle: Castle }
  type Door { key: String }
  type RoomConnection { totalCount: Int nodes: [Room!]! edges: [RoomEdge!]! }
  type RoomEdge { node: Room }
  type Castle implements Sized { size: Int rooms(first: Int, last: Int): RoomConnection! }
  type Query { castle: Castle castles(ids: [ID!]!): [Castle]! sized: [Sized!]! }
`);

const UNLIMITED: OperationLimits = {
  tokens: 1000,
  depth: 1000,
  aliases: 1000,
  rootFields: 1000,
  directives: 1000,
  selections: 1e6,
  cost: 1e9,
  page: 100,
};

function guardOf(limits: Partial<OperationLimits>): OperationGuard {
  return new OperationGuard({ ...UNLIMITED, ...limits }, schema);
}

/** The cost of an operation, as LimitExceeded reports it. */
function costOf(query: string, variables: Record<string, unknown> = {}, name: string | null = null): number {
  try {
    checkOperation(guardOf({ cost: 0 }), query, name, variables);
    return 0;
  } catch (error) {
    return Number(/as many as (\d+) values/.exec((error as Error).message)?.[1]);
  }
}

const cases: [Limit, allowed: number, passes: string, rejected: string][] = [
  ['tokens', 5, '{ castle { size } }'.replace('castle { size }', '__typename'), '{ castle { size } __typename }'],
  ['depth', 2, '{ castle { size } }', '{ castle { ...R } } fragment R on Castle { rooms { totalCount } }'],
  ['aliases', 1, '{ a: __typename }', '{ a: __typename b: __typename }'],
  [
    'rootFields',
    2,
    '{ castle { size } __typename }',
    '{ ...Q ...Q } fragment Q on Query { a: __typename b: __typename }',
  ],
  ['directives', 1, '{ __typename @skip(if: true) }', '{ __typename @skip(if: true) @skip(if: true) }'],
  ['selections', 3, '{ castle { size } }', '{ castle { ...R ...R ...R } } fragment R on Castle { size }'],
  ['cost', 2, '{ castle { size } }', '{ castle { rooms { totalCount } } }'],
];

const manyFragments = (count: number): string => {
  const at = Array.from({ length: count }, (_, index) => index);
  return `{ ${at.map((index) => `...F${index}`).join(' ')} } ${at.map((index) => `fragment F${index} on Query { __typename }`).join(' ')}`;
};

describe('the size of a document', () => {
  it.each(cases)(
    'is rejected with more %s than allowed, and accepted with the maximum',
    (limit, allowed, passes, rejected) => {
      const guard = guardOf({ [limit]: allowed });

      expect(() => checkOperation(guard, passes, null, {})).not.toThrow();
      for (let attempt = 0; attempt < 2; attempt++) {
        const error = catchOf(() => checkOperation(guard, rejected, null, {}));
        expect(error).toBeInstanceOf(LimitExceeded);
        expect(error).toMatchObject({ limit, message: expect.stringContaining(`expected at most ${allowed}.`) });
      }
    },
  );

  it.each([
    ['nesting', `{ ${'... { '.repeat(200)}__typename${' }'.repeat(200)} }`],
    ['nesting', `{ castles(ids: ${'['.repeat(250)}`],
    ['name', `{ ${'a'.repeat(201)}: __typename }`],
  ] as const)('is limited independently of the settings: %s', (limit, query) => {
    expect(catchOf(() => checkOperation(guardOf({}), query, null, {}))).toMatchObject({
      limit,
      message: expect.stringContaining('expected at most 200.'),
    });
  });

  it('is measured without expanding fragments', () => {
    const doubling = Array.from(
      { length: 60 },
      (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`,
    ).join(' ');

    const error = catchOf(() =>
      checkOperation(guardOf({}), `{ ...F0 } ${doubling} fragment F60 on Query { __typename }`, null, {}),
    );

    expect(error).toMatchObject({ limit: 'rootFields' });
  });

  it.each([
    ['fields under one response key', `{ castle { ${'size '.repeat(300)} } }`, `{ castle { ${'size '.repeat(100)} } }`],
    [
      'such fields of a merged selection set',
      `{ ${'castle { size size } '.repeat(150)} }`,
      `{ ${'castle { size size } '.repeat(50)} }`,
    ],
    ['fragments in one selection set', manyFragments(300), manyFragments(100)],
  ])('is rejected before validation if it repeats %s too often', (_, rejected, passes) => {
    expect(catchOf(() => checkOperation(guardOf({ tokens: 10_000 }), rejected, null, {}))).toMatchObject({
      limit: 'comparisons',
    });
    expect(() => checkOperation(guardOf({ tokens: 10_000 }), passes, null, {})).not.toThrow();
  });

  it('includes unused fragments, since they are validated', () => {
    const unused =
      '{ __typename } fragment A on Query { ...B ...B } fragment B on Query { ...C ...C } fragment C on Query { __typename __typename }';

    expect(catchOf(() => checkOperation(guardOf({ selections: 7 }), unused, null, {}))).toMatchObject({
      limit: 'selections',
    });
  });

  it.each([
    'type A { b: Int }',
    '{ ...A } fragment A on Query { ...A __typename }',
    '{ nothing { here } }',
    '{ ...Gone }',
  ])('is not checked for other errors: %s', (query) => {
    expect(() => checkOperation(guardOf({}), query, null, {})).not.toThrow();
  });
});

describe('the cost of an operation', () => {
  it.each([
    ['{ castle { size } }', 2],
    // Castle and page, then twenty rooms with one name each.
    ['{ castle { rooms { nodes { name } } } }', 42],
    ['{ castle { rooms(first: 7) { nodes { name } } } }', 16],
    ['{ castle { rooms(last: 7) { edges { node { name } } } } }', 23],
    ['{ castle { rooms(first: 7) { nodes { doors { key } } } } }', 149],
    ['{ castles(ids: ["a", "b", "c"]) { size } }', 6],
    ['{ sized { ... on Room { castle { size } } ... on Castle { size } } }', 30],
    ['{ castle { rooms(first: 0) { nodes { name } } } }', 42],
  ])('is the estimated number of values in the response: %s', (query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it.each([
    [
      '{ castle { rooms(first: 101) { totalCount } } }',
      {},
      [[['castle', 'rooms'], 'first', 'Argument "first" of "rooms" is 101; expected a whole number from 0 to 100.']],
    ],
    [
      '{ castle { r: rooms(last: -1) { nodes { name } } } }',
      {},
      [[['castle', 'r'], 'last', 'Argument "last" of "rooms" is -1; expected a whole number from 0 to 100.']],
    ],
    [
      'query ($size: Int = 3) { castle { rooms(first: $size) { totalCount } } }',
      { size: 1000 },
      [[['castle', 'rooms'], 'first', 'Argument "first" of "rooms" is 1000; expected a whole number from 0 to 100.']],
    ],
    [
      'query ($size: Int) { castle { rooms(first: 0, last: $size) { totalCount } } }',
      { size: 1 },
      [[['castle', 'rooms'], 'last', 'Arguments "first" and "last" of "rooms" were both given; expected one of them.']],
    ],
    [
      '{ castle { a: rooms(first: 101) { totalCount } ...F } } fragment F on Castle { b: rooms(first: 102, last: 103) { nodes { castle { rooms(last: -1) { totalCount } } } } }',
      {},
      [
        [['castle', 'a'], 'first', 'Argument "first" of "rooms" is 101; expected a whole number from 0 to 100.'],
        [['castle', 'b'], 'first', 'Argument "first" of "rooms" is 102; expected a whole number from 0 to 100.'],
        [['castle', 'b'], 'last', 'Argument "last" of "rooms" is 103; expected a whole number from 0 to 100.'],
        [
          ['castle', 'b', 'nodes', 'castle', 'rooms'],
          'last',
          'Argument "last" of "rooms" is -1; expected a whole number from 0 to 100.',
        ],
      ],
    ],
  ] as [string, Record<string, unknown>, [string[], string, string][]][])(
    'reports every invalid page size: %s',
    (query, variables, expected) => {
      const guard = guardOf({});

      for (let attempt = 0; attempt < 2; attempt++) {
        const { errors } = catchOf(() => checkOperation(guard, query, null, variables)) as InvalidPageSizes;
        expect(errors.map(({ path, argument, message }) => [path, argument, message])).toEqual(expected);
      }
    },
  );

  it('depends on the variables of each request and their defaults', () => {
    const query = 'query ($first: Int = 3) { castle { rooms(first: $first) { nodes { name } } } }';

    expect([
      costOf(query),
      costOf(query, { first: 50 }),
      costOf(query, { first: null }),
      costOf(query, { first: 'x' }),
    ]).toEqual([8, 102, 42, 42]);
    expect(costOf('query ($ids: [ID!]!) { castles(ids: $ids) { size } }', { ids: ['a', 'b'] })).toBe(4);
    const guard = guardOf({ cost: 10 });
    checkOperation(guard, query, null, {});
    expect(() => checkOperation(guard, query, null, { first: 50 })).toThrow('as many as 102 values');
  });

  it('reads only own properties of the variables', () => {
    const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];
    for (const name of names) {
      const query = `query ($${name}: Int = 50) { castle { rooms(first: $${name}) { nodes { name } } } }`;

      expect([name, costOf(query)]).toEqual([name, 102]);
    }
  });

  it('scales introspection so that its full query is accepted with any limit', () => {
    const full = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    const aliases = (count: number): string =>
      `{ ${Array.from({ length: count }, (_, at) => `a${at}: __schema { types { name fields { name args { name } } } }`).join(' ')} }`;

    for (const cost of [10, 1000]) expect(() => checkOperation(guardOf({ cost }), full, null, {})).not.toThrow();
    expect(() => checkOperation(guardOf({ cost: 1000 }), aliases(1), null, {})).not.toThrow();
    expect(catchOf(() => checkOperation(guardOf({ cost: 1000 }), aliases(50), null, {}))).toMatchObject({
      limit: 'cost',
    });
  });

  it('is that of the requested operation', () => {
    const query = 'query A { castle { size } } query B { castles(ids: ["a", "b"]) { size } }';

    expect([costOf(query, {}, 'A'), costOf(query, {}, 'B'), costOf(query)]).toEqual([2, 4, 0]);
  });
});

function catchOf(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
}
