import { buildSchema, getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { OperationGuard } from './guard.js';
import { type Limit, LimitExceeded, type OperationLimits, type WrongPages } from './limits.js';
import { checkOperation } from './testing.js';

const schema = buildSchema(`
  interface Sized { size: Int }
  type Room implements Sized { size: Int name: String doors: [Door!]! castle: Castle }
  type Door { key: String }
  type RoomConnection { totalCount: Int nodes: [Room!]! edges: [RoomEdge!]! }
  type RoomEdge { node: Room }
  type Castle implements Sized { size: Int rooms(first: Int, last: Int): RoomConnection! }
  type Query { castle: Castle castles(ids: [ID!]!): [Castle]! sized: [Sized!]! }
`);

const WIDE: OperationLimits = {
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
  return new OperationGuard({ ...WIDE, ...limits }, schema);
}

/** The smallest cost that lets an operation pass. */
function costOf(query: string, variables: Record<string, unknown> = {}, name: string | null = null): number {
  try {
    checkOperation(guardOf({ cost: 0 }), query, name, variables);
    return 0;
  } catch (error) {
    return Number(/as many as (\d+) values/.exec((error as Error).message)?.[1]);
  }
}

const cases: [Limit, allowed: number, passes: string, refused: string][] = [
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

describe('a document', () => {
  it.each(cases)(
    'with more %s than allowed is refused, and says so; one with as many is not',
    (limit, allowed, passes, refused) => {
      const guard = guardOf({ [limit]: allowed });

      expect(() => checkOperation(guard, passes, null, {})).not.toThrow();
      for (let time = 0; time < 2; time++) {
        const error = catchOf(() => checkOperation(guard, refused, null, {}));
        expect(error).toBeInstanceOf(LimitExceeded);
        expect(error).toMatchObject({ limit, message: expect.stringContaining(`expected at most ${allowed}.`) });
      }
    },
  );

  it.each([
    ['nesting', `{ ${'... { '.repeat(200)}__typename${' }'.repeat(200)} }`],
    ['nesting', `{ castles(ids: ${'['.repeat(250)}`],
    ['name', `{ ${'a'.repeat(201)}: __typename }`],
  ] as const)('that is too much for a parser, or for an answer, is refused whatever is allowed: %s', (limit, query) => {
    expect(catchOf(() => checkOperation(guardOf({}), query, null, {}))).toMatchObject({
      limit,
      message: expect.stringContaining('expected at most 200.'),
    });
  });

  it('is counted in time that does not grow with what its fragments stand for', () => {
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
      'such fields in one place, written in two',
      `{ ${'castle { size size } '.repeat(150)} }`,
      `{ ${'castle { size size } '.repeat(50)} }`,
    ],
    ['fragments in one selection set', manyFragments(300), manyFragments(100)],
  ])('that repeats %s too often is refused before they are compared', (_, refused, passes) => {
    expect(catchOf(() => checkOperation(guardOf({ tokens: 10_000 }), refused, null, {}))).toMatchObject({
      limit: 'comparisons',
    });
    expect(() => checkOperation(guardOf({ tokens: 10_000 }), passes, null, {})).not.toThrow();
  });

  it('is counted with the fragments that no operation spreads, since those are validated', () => {
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
  ])('that is wrong otherwise is left to others: %s', (query) => {
    expect(() => checkOperation(guardOf({}), query, null, {})).not.toThrow();
  });
});

describe('the cost of an operation', () => {
  it.each([
    ['{ castle { size } }', 2],
    // Castle and page, then twenty rooms with a name each.
    ['{ castle { rooms { nodes { name } } } }', 42],
    ['{ castle { rooms(first: 7) { nodes { name } } } }', 16],
    ['{ castle { rooms(last: 7) { edges { node { name } } } } }', 23],
    ['{ castle { rooms(first: 7) { nodes { doors { key } } } } }', 149],
    ['{ castles(ids: ["a", "b", "c"]) { size } }', 6],
    ['{ sized { ... on Room { castle { size } } ... on Castle { size } } }', 30],
    ['{ castle { rooms(first: 0) { nodes { name } } } }', 42],
  ])('is the number of values that the response may have: %s', (query, cost) => {
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
    'names every page size that is not accepted: %s',
    (query, variables, expected) => {
      const guard = guardOf({});

      for (let time = 0; time < 2; time++) {
        const { errors } = catchOf(() => checkOperation(guard, query, null, variables)) as WrongPages;
        expect(errors.map(({ path, argument, message }) => [path, argument, message])).toEqual(expected);
      }
    },
  );

  it('follows the variables of each request, and their defaults', () => {
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

  it('reads only own properties of the variables, whatever they are named', () => {
    const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'];
    for (const name of names) {
      const query = `query ($${name}: Int = 50) { castle { rooms(first: $${name}) { nodes { name } } } }`;

      expect([name, costOf(query)]).toEqual([name, 102]);
    }
  });

  it('counts introspection by the size of the schema, and accepts its full query whatever the limit', () => {
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

  it('is that of the operation asked for', () => {
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
