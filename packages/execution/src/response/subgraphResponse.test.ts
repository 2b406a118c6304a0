import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { subgraphResponseShapes } from './subgraphResponse.js';

const JOINED = `
  directive @join__graph(name: String!) on ENUM_VALUE
  directive @join__type(graph: join__Graph!, isInterfaceObject: Boolean) repeatable on INTERFACE
  enum join__Graph { MAPS @join__graph(name: "maps") WALKS @join__graph(name: "walks") }
`;
const shapeOf = subgraphResponseShapes(
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
  const { isValid, complete } = shapeOf(service, query, variables);
  const shaped = complete(data as Record<string, unknown>, errors);
  // Valid means that completion changes nothing.
  if (errors.length === 0)
    expect(isValid(data as Record<string, unknown>)).toBe(
      JSON.stringify(shaped.data) === JSON.stringify(data) && shaped.invalidValues.length === 0,
    );
  return shaped;
};

describe('the shape of a subgraph response', () => {
  it('has the selected fields and no others', () => {
    const data = JSON.parse('{"castle":{"name":"N","rooms":3,"secret":1,"__proto__":{"polluted":true}},"other":{}}');

    expect(shape('{ castle { name rooms } }', data)).toEqual({
      data: { castle: { name: 'N', rooms: 3 } },
      invalidValues: [],
    });
  });

  it('accepts null for nullable fields', () => {
    expect(
      shape('{ castle { name age towers owner { id } } height }', {
        castle: { name: null, age: null, towers: null, owner: null },
        height: null,
      }).invalidValues,
    ).toEqual([]);
  });

  it.each<[string, string, object, object, (string | number)[]]>([
    ['a string instead of an object', '{ castle { name } }', { castle: 'x' }, { castle: null }, ['castle']],
    [
      'an object instead of a string',
      '{ castle { name } }',
      { castle: { name: {} } },
      { castle: { name: null } },
      ['castle', 'name'],
    ],
    [
      'an object instead of a list',
      '{ castle { towers } }',
      { castle: { towers: {} } },
      { castle: { towers: null } },
      ['castle', 'towers'],
    ],
    [
      'null in a list of non-null elements',
      '{ castle { towers } }',
      { castle: { towers: ['a', null] } },
      { castle: { towers: null } },
      ['castle', 'towers', 1],
    ],
    [
      'a fraction instead of an Int',
      '{ castle { rooms } }',
      { castle: { rooms: 1.5 } },
      { castle: null },
      ['castle', 'rooms'],
    ],
    [
      'null in a non-null field',
      '{ castle { name rooms } }',
      { castle: { name: 'N', rooms: null } },
      { castle: null },
      ['castle', 'rooms'],
    ],
    [
      'an unknown enum value',
      '{ castle { age } }',
      { castle: { age: 'ANCIENT' } },
      { castle: { age: null } },
      ['castle', 'age'],
    ],
    [
      'an object in a scalar with a validator',
      '{ castle { open } }',
      { castle: { open: { secret: 1 } } },
      { castle: { open: null } },
      ['castle', 'open'],
    ],
    [
      'a missing field',
      '{ castle { name age } }',
      { castle: { name: 'N' } },
      { castle: { name: 'N', age: null } },
      ['castle', 'age'],
    ],
    ['a missing root field', '{ height }', {}, { height: null }, ['height']],
    [
      'an object of a type that the field cannot return',
      '{ sights { __typename id } }',
      { sights: [{ __typename: 'Dragon', id: 'd' }] },
      { sights: [null] },
      ['sights', 0],
    ],
    [
      'a missing __typename',
      '{ sights { __typename id } }',
      { sights: [{ id: 'd' }] },
      { sights: [null] },
      ['sights', 0, '__typename'],
    ],
  ])('replaces %s with null and reports it', (_case, query, data, shaped, path) => {
    const { data: completed, invalidValues } = shape(query, data);

    expect(completed).toEqual(shaped);
    expect(invalidValues.map((value) => value.path)).toEqual([path]);
  });

  it('accepts any JSON value in a scalar without a validator', () => {
    expect(shape('{ castle { anything } }', { castle: { anything: { a: [1] } } })).toEqual({
      data: { castle: { anything: { a: [1] } } },
      invalidValues: [],
    });
  });

  it('does not report a value whose path has an error', () => {
    expect(
      shape('{ castle { name rooms } }', { castle: { name: 'N', rooms: null } }, {}, [{ path: ['castle', 'rooms'] }]),
    ).toEqual({ data: { castle: null }, invalidValues: [] });
  });

  it('does not report fields skipped by a variable or its default', () => {
    const query = 'query ($short: Boolean = true) { castle { name @skip(if: $short) age @include(if: $short) } }';

    expect(shape(query, { castle: { age: 'OLD' } }).invalidValues).toEqual([]);
    expect(shape(query, { castle: { name: 'N' } }, { short: false }).invalidValues).toEqual([]);
    expect(shape(query, { castle: { name: 'N' } }, { short: true }).invalidValues.map(({ path }) => path)).toEqual([
      ['castle', 'age'],
    ]);
  });

  it('completes each entity by the type of its representation', () => {
    const query =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Castle { rooms } ... on Sight { name } } }';
    const representations = ['Castle', 'Bridge', 'Castle', 'Castle'].map((__typename) => ({ __typename, id: 'x' }));

    const { data, invalidValues } = shape(
      query,
      { _entities: [{ rooms: 3, name: 'N' }, { name: 'B' }, null, { rooms: 'many', name: 'M' }] },
      { representations },
    );

    expect(data).toEqual({ _entities: [{ rooms: 3, name: 'N' }, { name: 'B' }, null, null] });
    expect(invalidValues.map(({ path }) => path)).toEqual([['_entities', 3, 'rooms']]);
  });

  it('accepts the name of an interface as __typename only from a subgraph that defines it as an object type', () => {
    const [query, data] = ['{ sights { __typename id } }', { sights: [{ __typename: 'Sight', id: 's' }] }];
    const entities =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Sight { __typename name } } }';
    const entityData = { _entities: [{ __typename: 'Sight', name: 'N' }] };

    expect(shape(query, data, {}, [], 'walks')).toEqual({ data, invalidValues: [] });
    expect(shape(entities, entityData, { representations: [{ __typename: 'Sight', id: 's' }] }, [], 'walks')).toEqual({
      data: entityData,
      invalidValues: [],
    });
    expect(shape(query, data).invalidValues.map(({ path }) => path)).toEqual([['sights', 0, '__typename']]);
    expect(shape(query, { sights: [{ __typename: 'Castle', id: 's' }] }, {}, [], 'walks').invalidValues).toEqual([]);
  });

  it('accepts only paths of response keys and indexes for errors', () => {
    const { isPath } = shapeOf('maps', '{ old: castle { name } }', {});

    expect(
      [['old', 'name'], ['old', 0, 'name'], ['castle'], ['secret'], [], ['old', -1], ['old', 0.5]].map(isPath),
    ).toEqual([true, true, false, false, false, false, false]);
  });

  it('reports at most 1000 invalid values', () => {
    const { invalidValues } = shape('{ castles { rooms } }', { castles: [] });
    const many = shape('{ sights { id name } }', {
      sights: Array.from({ length: 5000 }, () => ({ id: 'x', name: 7 })),
    });

    expect(invalidValues).toEqual([]);
    expect(many.invalidValues).toHaveLength(1000);
  });
});
