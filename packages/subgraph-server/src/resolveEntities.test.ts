import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, graphql, parse } from 'graphql';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createExecutor } from './executor.js';
import { resolveEntities } from './resolveEntities.js';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { sights: Int }
  interface Sight @key(fields: "id") { id: ID! name: String }
  type Castle implements Sight @key(fields: "id") { id: ID! name: String }
  type Bridge implements Sight @key(fields: "id") { id: ID! name: String }
  type Road @key(fields: "from { id } to") { from: Castle to: ID name: String }
  type Stub @key(fields: "id") { id: ID! }
`);

const find = vi.fn(({ id }: { id: unknown }) => {
  if (id === 'castle:burnt') throw new Error('ENOENT: /srv/secret');
  if (id === 'castle:closed') throw new GraphQLError('Closed.', { extensions: { code: 'BAD_USER_INPUT' } });
  if (id === 'castle:far') return Promise.reject(new Error('ECONNRESET'));
  return typeof id === 'string' && id.startsWith('castle:') ? { id, name: `The ${id}` } : null;
});
const resolvers = {
  Sight: { __resolveType: () => 'Castle', __resolveReference: find },
  Castle: { __resolveReference: find },
  Bridge: { __resolveReference: async ({ id }: { id: string }) => ({ id, name: 'A bridge' }) },
  Road: { __resolveReference: ({ to }: { to: string }) => ({ to, name: `To ${to}` }) },
};

const QUERY =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on Sight { name } ... on Road { name } } }';
const castle = { __typename: 'Castle', id: 'castle:north' };
const north = { __typename: 'Castle', name: 'The castle:north' };

// Both that run documents of a subgraph: ours, and graphql-js under Apollo's gateway.
describe.each(['own', 'graphql-js'])('entities, run by %s', (runner) => {
  const request = async (representations: unknown[], maxEntities = 100, source = QUERY) => {
    const schema = buildSubgraphSchema([{ typeDefs, resolvers }]);
    resolveEntities(schema, maxEntities);
    const result = await (runner === 'own'
      ? createExecutor(schema)(source).run({ representations }, {})
      : graphql({ schema, source, variableValues: { representations }, contextValue: {} }));
    return JSON.parse(JSON.stringify(result)) as {
      data: { _entities: unknown[] } | null;
      errors?: { message: string; path?: unknown[]; extensions?: object }[];
    };
  };
  beforeEach(() => void find.mockClear());

  it.each<[string, unknown, string | null]>([
    ['a number', 7, '__typename'],
    ['a list', [castle], '__typename'],
    ['no type', { id: 'castle:north' }, '__typename'],
    ['a type that does not exist', { __typename: 'Dragon', id: 'castle:north' }, '__typename'],
    ['a __typename that is not a string', { __typename: ['Castle'], id: 'castle:north' }, '__typename'],
    ['a type without a key', { __typename: 'Query', id: 'castle:north' }, '__typename'],
    ['what every object has as type', { __typename: 'constructor', id: 'castle:north' }, '__typename'],
    ['no key', { __typename: 'Castle' }, 'expected a key of Castle: id'],
    ['half a key', { __typename: 'Road', to: 'castle:north' }, 'expected a key of Road: from and to'],
    ['a key of another type', { __typename: 'Castle', id: { nested: [{ deep: 'garbage' }] } }, null],
    ['an unknown key', { __typename: 'Castle', id: 'nowhere' }, null],
  ])('are null for %s, at its place alone', async (_what, bad, message) => {
    const { data, errors = [] } = await request([castle, bad, castle]);

    expect(data?._entities).toEqual([north, null, north]);
    expect(errors.map(({ path }) => path)).toEqual(message === null ? [] : [['_entities', 1]]);
    if (message !== null)
      expect(errors[0]).toMatchObject({
        message: expect.stringContaining(message),
        extensions: { code: 'BAD_USER_INPUT' },
      });
  });

  it('are null only where resolving one failed', async () => {
    const { data, errors = [] } = await request(
      ['castle:burnt', 'castle:north', 'castle:closed', 'castle:far'].map((id) => ({ __typename: 'Castle', id })),
    );

    expect(data?._entities).toEqual([null, north, null, null]);
    expect(errors.map(({ path }) => path?.[1]).sort()).toEqual([0, 2, 3]);
  });

  it('ignore fields other than the key', async () => {
    const { data, errors } = await request([{ ...castle, garbage: { deep: [[['x']]] }, ['__proto__']: { name: 'x' } }]);

    expect([data?._entities, errors]).toEqual([[north], undefined]);
  });

  it('are resolved once per request of `_entities`, even if repeated', async () => {
    const { data } = await request(Array.from({ length: 40 }, () => ({ ...castle })));

    expect(data?._entities).toEqual(Array.from({ length: 40 }, () => north));
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('are resolved by an interface, by a composite key, and without a reference resolver', async () => {
    const { data, errors } = await request([
      { __typename: 'Sight', id: 'castle:north' },
      { __typename: 'Bridge', id: 'bridge:1' },
      { __typename: 'Road', from: { id: 'castle:north' }, to: 'castle:south' },
      { __typename: 'Stub', id: 'stub:1' },
    ]);

    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual([
      north,
      { __typename: 'Bridge', name: 'A bridge' },
      { __typename: 'Road', name: 'To castle:south' },
      { __typename: 'Stub' },
    ]);
  });

  it('are counted over all `_entities` fields of a request', async () => {
    const places =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } ... { again: _entities(representations: $representations) { __typename } } }';
    const { data, errors } = await request([castle, castle], 3, places);

    expect([data, errors]).toMatchObject([null, [{ path: ['again'], extensions: { code: 'TOO_MANY_ENTITIES' } }]]);
  });

  it('are null if they are invalid, and the first hundred are reported', async () => {
    const { data, errors } = await request(
      [...Array.from({ length: 3000 }, (_, at) => ({ __typename: `Dragon${at}` })), castle],
      5000,
    );

    expect(data?._entities).toEqual([...Array(3000).fill(null), north]);
    expect(errors?.map(({ path }) => path?.[1])).toEqual(Array.from({ length: 100 }, (_, at) => at));
  });

  it('are rejected if there are too many, and nothing is read', async () => {
    const { data, errors } = await request(Array(4).fill(castle), 3);

    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { message: 'The request has 4 representations; expected at most 3.', extensions: { code: 'TOO_MANY_ENTITIES' } },
    ]);
    expect(find).not.toHaveBeenCalled();
  });
});
