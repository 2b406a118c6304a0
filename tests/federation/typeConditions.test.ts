import { afterEach, describe, expect, it } from 'vitest';
import { startFederation, type TestFederation } from '../support/federation.js';

let federation: TestFederation;
afterEach(() => federation?.close());

describe('a field that is selected on one type', () => {
  it('is not fetched for another type', async () => {
    federation = await startFederation({
      a: {
        sdl: 'union Piece = Paper | Digi type Paper { good: Good! } type Digi { good: Good! } type Good @key(fields: "id") { id: ID! } type Query { feed: [Piece] }',
        resolvers: {
          Query: {
            feed: () => [
              { __typename: 'Paper', good: { id: 'g1' } },
              { __typename: 'Digi', good: { id: 'g2' } },
            ],
          },
        },
      },
      b: {
        sdl: 'type Good @key(fields: "id") { id: ID! name: String! slug: String! }',
        resolvers: {
          Good: {
            __resolveReference: (reference: object) => reference,
            name: ({ id }: { id: string }) => `name of ${id}`,
            slug: ({ id }: { id: string }) => {
              if (id === 'g1') throw new Error('A good on paper has no slug.');
              return `slug-${id}`;
            },
          },
        },
      },
    });

    const { data, errors } = await federation.ask(
      '{ feed { ... on Paper { good { id name } } ... on Digi { good { id slug } } } }',
    );

    expect({ data, errors }).toEqual({
      data: { feed: [{ good: { id: 'g1', name: 'name of g1' } }, { good: { id: 'g2', slug: 'slug-g2' } }] },
    });
  });

  it('is distinct from a field of the same name and another type on another type', async () => {
    federation = await startFederation({
      a: {
        sdl: 'union Found = Room | Tree type Room { size(unit: String): Int owner: Owner } type Tree { size(unit: String): String owner: Owner } type Owner @key(fields: "id") { id: ID! } type Query { found: [Found] }',
        resolvers: {
          Query: {
            found: () => [
              { __typename: 'Room', owner: { id: 'o1' } },
              { __typename: 'Tree', owner: { id: 'o2' } },
            ],
          },
          Room: { size: (_: unknown, { unit }: { unit?: string }) => (unit === 'cm' ? 500 : 5) },
          Tree: { size: (_: unknown, { unit }: { unit?: string }) => `tall in ${unit}` },
        },
      },
      b: {
        sdl: 'type Owner @key(fields: "id") { id: ID! name(as: String): String }',
        resolvers: {
          Owner: {
            __resolveReference: (reference: object) => reference,
            name: ({ id }: { id: string }, { as }: { as?: string }) => `${id} as ${as}`,
          },
        },
      },
    });

    const { data, errors } = await federation.ask(`{ found {
      ... on Room { size: __typename a: size(unit: "cm") b: size owner { name(as: "room") } }
      ... on Tree { size(unit: "m") owner { name(as: "tree") other: name } }
    } }`);

    expect({ data, errors }).toEqual({
      data: {
        found: [
          { size: 'Room', a: 500, b: 5, owner: { name: 'o1 as room' } },
          { size: 'tall in m', owner: { name: 'o2 as tree', other: 'o2 as undefined' } },
        ],
      },
    });
  });

  it('is resolved per object within nested lists and under conditions', async () => {
    federation = await startFederation({
      a: {
        sdl: 'interface Node { id: ID! next: [Node] } type A implements Node @key(fields: "id") { id: ID! next: [Node] } type B implements Node @key(fields: "id") { id: ID! next: [Node] } type Query { grid: [[Node]] }',
        resolvers: {
          Query: { grid: () => [[{ __typename: 'A', id: 'a1' }, null], [{ __typename: 'B', id: 'b1' }]] },
          A: { next: ({ id }: { id: string }) => (id === 'a1' ? [{ __typename: 'B', id: 'b2' }] : []) },
          B: { next: ({ id }: { id: string }) => (id === 'b1' ? [{ __typename: 'A', id: 'a2' }] : []) },
        },
      },
      b: {
        sdl: 'type A @key(fields: "id") { id: ID! label(of: Int): String } type B @key(fields: "id") { id: ID! label(of: Int): String }',
        resolvers: Object.fromEntries(
          ['A', 'B'].map((type) => [
            type,
            {
              __resolveReference: (reference: object) => reference,
              label: ({ id }: { id: string }, { of }: { of?: number }) => `${type}:${id}:${of}`,
            },
          ]),
        ),
      },
    });

    const query = `query ($deep: Boolean!) { grid {
      ... on A { label(of: 1) next @include(if: $deep) { id ... on B { label(of: 2) } } }
      ... on B { label(of: 3) next { ... on A { label(of: 4) id } } }
    } }`;
    const [shallow, deep] = [await federation.ask(query, { deep: false }), await federation.ask(query, { deep: true })];

    const b = { label: 'B:b1:3', next: [{ label: 'A:a2:4', id: 'a2' }] };
    expect([shallow.errors, shallow.data]).toEqual([undefined, { grid: [[{ label: 'A:a1:1' }, null], [b]] }]);
    expect([deep.errors, deep.data]).toEqual([
      undefined,
      { grid: [[{ label: 'A:a1:1', next: [{ id: 'b2', label: 'B:b2:2' }] }, null], [b]] },
    ]);
  });
});
