import { afterEach, describe, expect, it } from 'vitest';
import { startFederation, type TestFederation } from '../support/federation.js';

let federation: TestFederation;
afterEach(() => federation?.close());

/** Items of two types, and notes on them by another subgraph, which only knows the interface. */
const startShelf = (): Promise<TestFederation> =>
  startFederation({
    shelf: {
      sdl: `interface Item @key(fields: "id") { id: ID! size: Int }
        type Book implements Item @key(fields: "id") { id: ID! size: Int }
        type Disc implements Item @key(fields: "id") { id: ID! size: Int }
        type Query { items: [Item] }`,
      resolvers: {
        Query: {
          items: () => ['Book', 'Disc'].map((__typename, index) => ({ __typename, id: `${index}`, size: index })),
        },
      },
    },
    notes: {
      sdl: 'type Item @key(fields: "id") @interfaceObject { id: ID! size: Int @external note: String note2: String @requires(fields: "size") }',
      resolvers: {
        Item: {
          __resolveReference: (reference: object) => reference,
          note: ({ id }: { id: string }) => `note ${id}`,
          note2: ({ size }: { size?: number }) => `size ${size}`,
        },
      },
    },
  });

describe('an @interfaceObject type', () => {
  it('can be narrowed to another interface', async () => {
    federation = await startFederation({
      a: {
        sdl: 'type Vehicle @key(fields: "id", resolvable: false) @interfaceObject { id: ID! } type Land @key(fields: "id", resolvable: false) @interfaceObject { id: ID! } type Query { mine: [Vehicle]! }',
        resolvers: {
          Query: {
            mine: () => [
              { __typename: 'Vehicle', id: 'v1' },
              { __typename: 'Vehicle', id: 'v2' },
            ],
          },
        },
      },
      b: {
        sdl: `interface Vehicle @key(fields: "id") { id: ID! } interface Land implements Vehicle @key(fields: "id") { id: ID! wheels: Int! }
          type Bike implements Land & Vehicle @key(fields: "id") { id: ID! wheels: Int! } type Boat implements Vehicle @key(fields: "id") { id: ID! }`,
        resolvers: Object.fromEntries(
          ['Vehicle', 'Land', 'Bike', 'Boat'].map((type) => [
            type,
            {
              __resolveReference: ({ id }: { id: string }) =>
                id === 'v1' ? { __typename: 'Bike', id, wheels: 2 } : { __typename: 'Boat', id },
            },
          ]),
        ),
      },
    });

    const { status, data, errors } = await federation.ask('{ mine { id ... on Land { wheels } } }');

    expect({ status, data, errors }).toEqual({ status: 200, data: { mine: [{ id: 'v1', wheels: 2 }, { id: 'v2' }] } });
  });

  it.each([
    ['{ must { __typename } }', null],
    ['{ list { __typename } }', null],
  ])('reports an error at each null whose concrete type cannot be resolved: %s', async (query, expected) => {
    federation = await startFederation({
      a: {
        sdl: 'type Media @key(fields: "id") @interfaceObject { id: ID! } type Query { must: Media! list: [Media!]! may: Media lists: [Media] }',
        resolvers: {
          Query: {
            must: () => ({ id: 'm1' }),
            list: () => [{ id: 'm1' }],
            may: () => ({ id: 'm1' }),
            lists: () => [{ id: 'm1' }, { id: 'm2' }],
          },
        },
      },
      b: {
        sdl: 'interface Media @key(fields: "id") { id: ID! } type Film implements Media @key(fields: "id") { id: ID! } type Query { other: Media }',
        resolvers: {
          Media: { __resolveReference: () => null },
          Film: { __resolveReference: () => null },
          Query: { other: () => null },
        },
      },
    });

    const { data, errors } = await federation.ask(query);

    expect(data).toEqual(expected);
    expect(errors?.length).toBeGreaterThan(0);
    for (const error of errors ?? [])
      expect(error).toMatchObject({
        message: expect.any(String),
        path: expect.any(Array),
        extensions: { code: expect.any(String) },
      });
  });

  it('is null without an error if no subgraph has the object and the field is nullable', async () => {
    federation = await startFederation({
      a: {
        sdl: 'type Media @key(fields: "id") @interfaceObject { id: ID! } type Query { may: Media lists: [Media] }',
        resolvers: { Query: { may: () => ({ id: 'm1' }), lists: () => [{ id: 'm1' }, { id: 'm2' }] } },
      },
      b: {
        sdl: 'interface Media @key(fields: "id") { id: ID! } type Film implements Media @key(fields: "id") { id: ID! } type Query { other: Media }',
        resolvers: {
          Media: { __resolveReference: () => null },
          Film: { __resolveReference: () => null },
          Query: { other: () => null },
        },
      },
    });

    const { data, errors } = await federation.ask('{ may { __typename } lists { __typename } }');

    expect({ data, errors }).toEqual({ data: { may: null, lists: [null, null] } });
  });

  it('is fetched by its key for every implementation, even if its fields require others of one implementation', async () => {
    federation = await startShelf();

    const { data, errors } = await federation.ask('{ items { size ... on Book { note2 } ... on Disc { note } } }');

    expect({ data, errors }).toEqual({
      data: {
        items: [
          { size: 0, note2: 'size 0' },
          { size: 1, note: 'note 1' },
        ],
      },
    });
    for (const { variables } of federation.callsOf('notes'))
      expect(variables['representations']).toEqual(
        (variables['representations'] as object[]).map(() => expect.objectContaining({ id: expect.any(String) })),
      );
  });

  it('has all fields that require nothing, even if another one requires a field that was selected on one implementation only', async () => {
    federation = await startShelf();

    const { data, errors } = await federation.ask('{ items { note ... on Book { note2 } } }');

    expect({ data, errors }).toEqual({
      data: { items: [{ note: 'note 0', note2: 'size 0' }, { note: 'note 1' }] },
    });
  });
});
