import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFederation, type TestFederation } from '../support/federation.js';
import { startGraph, type TestGraph } from '../support/graph.js';

const PRODUCT = { id: 'p1', weight: 5, price: 1000 };

describe('a response key that is the name of another field', () => {
  let products: TestFederation;
  beforeAll(async () => {
    products = await startFederation({
      a: {
        sdl: 'type Prod @key(fields: "id") { id: ID! weight: Int price: Int } type User @key(fields: "id") { id: ID! boss: ID } type Query { prod: Prod user(id: ID!): User }',
        resolvers: { Query: { prod: () => PRODUCT, user: () => ({ id: 'u1', boss: 'u2' }) } },
      },
      b: {
        sdl: 'type Prod @key(fields: "id") { id: ID! weight: Int @external ship: Int @requires(fields: "weight") } type User @key(fields: "id") { id: ID! salary: Int }',
        resolvers: { Prod: { ship: ({ weight }: { weight: number }) => 2 * weight }, User: { salary: () => 10 } },
      },
    });
  });
  afterAll(() => products.close());

  it.each<[what: string, query: string, data: object, variables?: Record<string, unknown>]>([
    ['a required field', '{ prod { weight: price ship } }', { prod: { weight: 1000, ship: 10 } }],
    [
      'a required field, swapped with another',
      '{ prod { weight: price price: weight ship } }',
      { prod: { weight: 1000, price: 5, ship: 10 } },
    ],
    ['a field with @requires', '{ prod { ship: weight weight: ship } }', { prod: { ship: 5, weight: 10 } }],
    ['a key', '{ prod { id: price ship } }', { prod: { id: 1000, ship: 10 } }],
    [
      'a key, with @include that is true',
      'query ($t: Boolean!) { user(id: "u1") { id: boss @include(if: $t) salary } }',
      { user: { id: 'u2', salary: 10 } },
      { t: true },
    ],
    [
      'a key, with @include that is false',
      'query ($t: Boolean!) { user(id: "u1") { id: boss @include(if: $t) salary } }',
      { user: { salary: 10 } },
      { t: false },
    ],
    ['__typename', '{ prod { __typename: price ship } }', { prod: { __typename: 1000, ship: 10 } }],
    [
      'names used in an entity fetch',
      '{ _entities: prod { representations: id ship } }',
      { _entities: { representations: 'p1', ship: 10 } },
    ],
    [
      'a name of the form of a canonical response key',
      '{ prod { price__0: weight weight__0: price ship } }',
      { prod: { price__0: 5, weight__0: 1000, ship: 10 } },
    ],
    [
      'a property of Object.prototype',
      '{ constructor: prod { toString: ship valueOf: id hasOwnProperty: __typename } }',
      { constructor: { toString: 10, valueOf: 'p1', hasOwnProperty: 'Prod' } },
    ],
  ])('returns the selected field: %s', async (_, query, data, variables) => {
    const { errors, data: found } = await products.ask(query, variables);

    expect({ errors, data: found }).toEqual({ data });
  });

  it('may be __proto__', async () => {
    const response = await fetch(products.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __proto__: prod { __proto__: ship } }' }),
    });

    expect(await response.text()).toBe('{"data":{"__proto__":{"__proto__":10}}}\n');
  });

  it('does not collide with the variables of the gateway', async () => {
    const { data } = await products.ask(
      'query ($representations: ID!, $v0: Boolean!) { user(id: $representations) { boss @include(if: $v0) salary } }',
      { representations: 'u1', v0: true },
    );

    expect(data).toEqual({ user: { boss: 'u2', salary: 10 } });
  });
});

describe('an alias in the real graph that is the name of another field', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());

  it.each<[query: string, data: object]>([
    [
      '{ actor(id: "polity:russia") { id: name mentions(first: 1) { totalCount } } }',
      { actor: { id: 'Russia', mentions: { totalCount: 39 } } },
    ],
    ['{ actor(id: "polity:russia") { __typename: name } }', { actor: { __typename: 'Russia' } }],
    [
      '{ statement(id: "statement:memri-sd-10149/S70") { id: kind tradeFigures { id: statedAs } } }',
      {
        statement: {
          id: expect.stringMatching(/^[A-Z]+$/),
          tradeFigures: expect.arrayContaining([{ id: 'virtually nil' }]),
        },
      },
    ],
  ])('returns the selected field: %s', async (query, data) => {
    const answer = await graph.query(query);

    expect(answer).toEqual({ data });
  });

  it('returns the summary for the alias id', async () => {
    const { data } = await graph.query(
      '{ statement(id: "statement:memri-sd-10149/S70") { id: summary summary tradeFigures { statedAs } } }',
    );
    const { id, summary } = (data as Record<string, Record<string, unknown>>)['statement'] ?? {};

    expect([typeof summary, id]).toEqual(['string', summary]);
  });
});

it('an entity that is null because of a field of one alias is complete under another', async () => {
  const federation = await startFederation({
    list: {
      sdl: 'type Item @key(fields: "id") { id: ID! } type Query { items: [Item] }',
      resolvers: { Query: { items: () => [{ id: '1' }, { id: '2' }] } },
    },
    names: {
      sdl: 'type Item @key(fields: "id") { id: ID! name: String slug: String! }',
      resolvers: {
        Item: {
          __resolveReference: (reference: object) => reference,
          name: ({ id }: { id: string }) => `name ${id}`,
          slug: ({ id }: { id: string }) => (id === '1' ? Promise.reject(new Error('no')) : `slug ${id}`),
        },
      },
    },
  });

  const { data, errors } = await federation.ask('{ a: items { name } b: items { slug } }').finally(federation.close);

  expect(data).toEqual({ a: [{ name: 'name 1' }, { name: 'name 2' }], b: [null, { slug: 'slug 2' }] });
  expect(errors?.map(({ path }) => path)).toEqual([['b', 0, 'slug']]);
});
