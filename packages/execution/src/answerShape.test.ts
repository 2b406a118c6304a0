import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { answerShapes } from './answerShape.js';

const JOINED = `
  directive @join__graph(name: String!) on ENUM_VALUE
  directive @join__type(graph: join__Graph!, isInterfaceObject: Boolean) repeatable on INTERFACE
  enum join__Graph { MAPS @join__graph(name: "maps") WALKS @join__graph(name: "walks") }
`;
const shapeOf = answerShapes(
  buildSchema(`
    ${JOINED}
    type Query { sights: [Sight] castle: Castle castles: [Castle!]! height: Height }
    interface Sight @join__type(graph: MAPS) @join__type(graph: WALKS, isInterfaceObject: true) { id: ID! name: String }
    type Castle implements Sight { id: ID! name: String rooms: Int! age: Age towers: [String!] owner: Castle open: Day anything: JSONObject }
    type Bridge implements Sight { id: ID! name: String }
    type Dragon { id: ID! }
    enum Age { OLD NEW } scalar Day scalar JSONObject scalar Height
  `),
  new Map([['Day', (value: unknown) => typeof value === 'string']]),
);
const shape = (
  query: string,
  data: object,
  variables = {},
  errors: { path?: (string | number)[] }[] = [],
  service = 'maps',
) => {
  const { fits, shape: shaping } = shapeOf(service, query, variables);
  const shaped = shaping(data as Record<string, unknown>, errors);
  // What fits is what need not be shaped.
  if (errors.length === 0)
    expect(fits(data as Record<string, unknown>)).toBe(
      JSON.stringify(shaped.data) === JSON.stringify(data) && shaped.faults.length === 0,
    );
  return shaped;
};

describe('the shape of an answer', () => {
  it('is that of what was asked for, and of nothing else', () => {
    const data = JSON.parse('{"castle":{"name":"N","rooms":3,"secret":1,"__proto__":{"polluted":true}},"other":{}}');

    expect(shape('{ castle { name rooms } }', data)).toEqual({ data: { castle: { name: 'N', rooms: 3 } }, faults: [] });
  });

  it('has null for what may be null, without a fault', () => {
    expect(
      shape('{ castle { name age towers owner { id } } height }', {
        castle: { name: null, age: null, towers: null, owner: null },
        height: null,
      }).faults,
    ).toEqual([]);
  });

  it.each<[string, string, object, object, (string | number)[]]>([
    ['a text for an object', '{ castle { name } }', { castle: 'x' }, { castle: null }, ['castle']],
    [
      'an object for a text',
      '{ castle { name } }',
      { castle: { name: {} } },
      { castle: { name: null } },
      ['castle', 'name'],
    ],
    [
      'an object for a list',
      '{ castle { towers } }',
      { castle: { towers: {} } },
      { castle: { towers: null } },
      ['castle', 'towers'],
    ],
    [
      'null in a list of none',
      '{ castle { towers } }',
      { castle: { towers: ['a', null] } },
      { castle: { towers: null } },
      ['castle', 'towers', 1],
    ],
    [
      'a fraction for a whole number',
      '{ castle { rooms } }',
      { castle: { rooms: 1.5 } },
      { castle: null },
      ['castle', 'rooms'],
    ],
    [
      'null for what is never null',
      '{ castle { name rooms } }',
      { castle: { name: 'N', rooms: null } },
      { castle: null },
      ['castle', 'rooms'],
    ],
    [
      'a value that the enum has not',
      '{ castle { age } }',
      { castle: { age: 'ANCIENT' } },
      { castle: { age: null } },
      ['castle', 'age'],
    ],
    [
      'an object for a scalar that is validated',
      '{ castle { open } }',
      { castle: { open: { secret: 1 } } },
      { castle: { open: null } },
      ['castle', 'open'],
    ],
    [
      'a field that was left out',
      '{ castle { name age } }',
      { castle: { name: 'N' } },
      { castle: { name: 'N', age: null } },
      ['castle', 'age'],
    ],
    ['a root field that was left out', '{ height }', {}, { height: null }, ['height']],
    [
      'a type that is none of the place',
      '{ sights { __typename id } }',
      { sights: [{ __typename: 'Dragon', id: 'd' }] },
      { sights: [null] },
      ['sights', 0],
    ],
    [
      'no type where it was asked for',
      '{ sights { __typename id } }',
      { sights: [{ id: 'd' }] },
      { sights: [null] },
      ['sights', 0, '__typename'],
    ],
  ])('has null and a fault for %s', (_what, query, data, shaped, path) => {
    const { data: given, faults } = shape(query, data);

    expect(given).toEqual(shaped);
    expect(faults.map((fault) => fault.path)).toEqual([path]);
  });

  it('takes anything for a scalar that says it is JSON', () => {
    expect(shape('{ castle { anything } }', { castle: { anything: { a: [1] } } })).toEqual({
      data: { castle: { anything: { a: [1] } } },
      faults: [],
    });
  });

  it('has no fault where an error tells of it already', () => {
    expect(
      shape('{ castle { name rooms } }', { castle: { name: 'N', rooms: null } }, {}, [{ path: ['castle', 'rooms'] }]),
    ).toEqual({ data: { castle: null }, faults: [] });
  });

  it('misses nothing that was skipped, by a variable or by its default', () => {
    const query = 'query ($short: Boolean = true) { castle { name @skip(if: $short) age @include(if: $short) } }';

    expect(shape(query, { castle: { age: 'OLD' } }).faults).toEqual([]);
    expect(shape(query, { castle: { name: 'N' } }, { short: false }).faults).toEqual([]);
    expect(shape(query, { castle: { name: 'N' } }, { short: true }).faults.map(({ path }) => path)).toEqual([
      ['castle', 'age'],
    ]);
  });

  it('is for each entity that of its own type', () => {
    const query =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Castle { rooms } ... on Sight { name } } }';
    const representations = ['Castle', 'Bridge', 'Castle', 'Castle'].map((__typename) => ({ __typename, id: 'x' }));

    const { data, faults } = shape(
      query,
      { _entities: [{ rooms: 3, name: 'N' }, { name: 'B' }, null, { rooms: 'many', name: 'M' }] },
      { representations },
    );

    expect(data).toEqual({ _entities: [{ rooms: 3, name: 'N' }, { name: 'B' }, null, null] });
    expect(faults.map(({ path }) => path)).toEqual([['_entities', 3, 'rooms']]);
  });

  it('has the name of an interface from a subgraph that holds it as an object type, and from no other', () => {
    const [query, data] = ['{ sights { __typename id } }', { sights: [{ __typename: 'Sight', id: 's' }] }];
    const entities =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Sight { __typename name } } }';
    const brought = { _entities: [{ __typename: 'Sight', name: 'N' }] };

    expect(shape(query, data, {}, [], 'walks')).toEqual({ data, faults: [] });
    expect(shape(entities, brought, { representations: [{ __typename: 'Sight', id: 's' }] }, [], 'walks')).toEqual({
      data: brought,
      faults: [],
    });
    expect(shape(query, data).faults.map(({ path }) => path)).toEqual([['sights', 0, '__typename']]);
    expect(shape(query, { sights: [{ __typename: 'Castle', id: 's' }] }, {}, [], 'walks').faults).toEqual([]);
  });

  it('tells which paths an error may have', () => {
    const { isPath } = shapeOf('maps', '{ old: castle { name } }', {});

    expect(
      [['old', 'name'], ['old', 0, 'name'], ['castle'], ['secret'], [], ['old', -1], ['old', 0.5]].map(isPath),
    ).toEqual([true, true, false, false, false, false, false]);
  });

  it('tells of so many faults and no more', () => {
    const { faults } = shape('{ castles { rooms } }', { castles: [] });
    const many = shape('{ sights { id name } }', {
      sights: Array.from({ length: 5000 }, () => ({ id: 'x', name: 7 })),
    });

    expect(faults).toEqual([]);
    expect(many.faults).toHaveLength(1000);
  });
});
