import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { OperationGuard } from './guard.js';
import { type Limit, LimitExceeded, type OperationLimits, WrongPage } from './limits.js';

const schema = buildSchema(`
  interface Sized { size: Int }
  type Room implements Sized { size: Int name: String doors: [Door!]! castle: Castle }
  type Door { key: String }
  type RoomConnection { totalCount: Int nodes: [Room!]! edges: [RoomEdge!]! }
  type RoomEdge { node: Room }
  type Castle implements Sized { size: Int rooms(first: Int, last: Int): RoomConnection! }
  type Query { castle: Castle castles(ids: [ID!]!): [Castle]! sized: [Sized!]! }
`);

const WIDE: OperationLimits = { tokens: 1000, depth: 1000, aliases: 1000, rootFields: 1000, directives: 1000, selections: 1e6, cost: 1e9, page: 100 };

function guardOf(limits: Partial<OperationLimits>): OperationGuard {
  const guard = new OperationGuard({ ...WIDE, ...limits });
  guard.use(schema);
  return guard;
}

/** The smallest cost that lets an operation pass. */
function costOf(query: string, variables: Record<string, unknown> = {}, name: string | null = null): number {
  try {
    guardOf({ cost: 0 }).check(query, name, variables);
    return 0;
  } catch (error) {
    return Number(/may cost as much as (\d+) objects/.exec((error as Error).message)?.[1]);
  }
}

const cases: [Limit, allowed: number, passes: string, refused: string][] = [
  ['tokens', 5, '{ castle { size } }'.replace('castle { size }', '__typename'), '{ castle { size } __typename }'],
  ['depth', 2, '{ castle { size } }', '{ castle { ...R } } fragment R on Castle { rooms { totalCount } }'],
  ['aliases', 1, '{ a: __typename }', '{ a: __typename b: __typename }'],
  ['rootFields', 2, '{ castle { size } __typename }', '{ ...Q ...Q } fragment Q on Query { a: __typename b: __typename }'],
  ['directives', 1, '{ __typename @skip(if: true) }', '{ __typename @skip(if: true) @skip(if: true) }'],
  ['selections', 3, '{ castle { size } }', '{ castle { ...R ...R ...R } } fragment R on Castle { size }'],
  ['cost', 1, '{ castle { size } }', '{ castle { rooms { totalCount } } }'],
];

describe('a document', () => {
  it.each(cases)('with more %s than allowed is refused, and says so; one with as many is not', (limit, allowed, passes, refused) => {
    const guard = guardOf({ [limit]: allowed });

    expect(() => guard.check(passes, null, {})).not.toThrow();
    for (let time = 0; time < 2; time++) {
      const error = catchOf(() => guard.check(refused, null, {}));
      expect(error).toBeInstanceOf(LimitExceeded);
      expect(error).toMatchObject({ limit, message: expect.stringContaining(`expected at most ${allowed}.`) });
    }
  });

  it.each([
    ['nesting', `{ ${'... { '.repeat(200)}__typename${' }'.repeat(200)} }`],
    ['nesting', `{ castles(ids: ${'['.repeat(250)}`],
    ['name', `{ ${'a'.repeat(201)}: __typename }`],
  ] as const)('that is too much for a parser, or for an answer, is refused whatever is allowed: %s', (limit, query) => {
    expect(catchOf(() => guardOf({}).check(query, null, {}))).toMatchObject({ limit, message: expect.stringContaining('expected at most 200.') });
  });

  it('is counted in time that does not grow with what its fragments stand for', () => {
    const doubling = Array.from({ length: 60 }, (_, at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`).join(' ');

    const error = catchOf(() => guardOf({}).check(`{ ...F0 } ${doubling} fragment F60 on Query { __typename }`, null, {}));

    expect(error).toMatchObject({ limit: 'rootFields' });
  });

  it.each(['', '{', 'type A { b: Int }', '{ ...A } fragment A on Query { ...A __typename }', '{ nothing { here } }', '{ ...Gone }'])('that is wrong otherwise is left to others: %s', (query) => {
    expect(() => guardOf({}).check(query, null, {})).not.toThrow();
  });
});

describe('the cost of an operation', () => {
  it.each([
    ['{ castle { size } }', 1],
    ['{ __schema { types { fields { name } } } }', 0],
    // Castle and page, then twenty rooms.
    ['{ castle { rooms { nodes { name } } } }', 22],
    ['{ castle { rooms(first: 7) { nodes { name } } } }', 9],
    ['{ castle { rooms(last: 7) { edges { node { name } } } } }', 16],
    ['{ castle { rooms(first: 7) { nodes { doors { key } } } } }', 79],
    ['{ castles(ids: ["a", "b", "c"]) { size } }', 3],
    ['{ sized { ... on Room { castle { size } } ... on Castle { size } } }', 20],
    ['{ castle { rooms(first: 0) { nodes { name } } } }', 22],
  ])('is the objects that its answer may hold: %s', (query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it.each([
    ['{ castle { rooms(first: 101) { totalCount } } }', {}, 'Argument "first" is 101; expected a whole number from 0 to 100.'],
    ['{ castle { rooms(last: -1) { nodes { name } } } }', {}, 'Argument "last" is -1; expected a whole number from 0 to 100.'],
    ['query ($size: Int = 3) { castle { rooms(first: $size) { totalCount } } }', { size: 1000 }, 'Argument "first" is 1000; expected a whole number from 0 to 100.'],
    ['query ($size: Int) { castle { rooms(first: 0, last: $size) { totalCount } } }', { size: 1 }, 'Arguments "first" and "last" were both given; expected one of them.'],
  ])('is that of no page that is not served: %s', (query, variables, message) => {
    const guard = guardOf({});
    for (let time = 0; time < 2; time++) expect(catchOf(() => guard.check(query, null, variables))).toEqual(new WrongPage(message));
  });

  it('follows the variables of each request, and their defaults', () => {
    const query = 'query ($first: Int = 3) { castle { rooms(first: $first) { nodes { name } } } }';

    expect([costOf(query), costOf(query, { first: 50 }), costOf(query, { first: null }), costOf(query, { first: 'x' })]).toEqual([5, 52, 22, 22]);
    expect(costOf('query ($ids: [ID!]!) { castles(ids: $ids) { size } }', { ids: ['a', 'b'] })).toBe(2);
    const guard = guardOf({ cost: 10 });
    guard.check(query, null, {});
    expect(() => guard.check(query, null, { first: 50 })).toThrow('may cost as much as 52 objects');
  });

  it('is that of the operation asked for', () => {
    const query = 'query A { castle { size } } query B { castles(ids: ["a", "b"]) { size } }';

    expect([costOf(query, {}, 'A'), costOf(query, {}, 'B'), costOf(query)]).toEqual([1, 2, 0]);
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
