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

describe('type conditions on an @interfaceObject type', () => {
  /** Books and discs; `notes` and `goods` only know the interface. The good "g1" has no slug. */
  const startMedia = async (): Promise<TestFederation> => {
    const media = [
      { __typename: 'Book', id: 'm1', size: 1, good: { id: 'g2' } },
      { __typename: 'Disc', id: 'm2', size: 2, good: { id: 'g1' } },
      { __typename: 'Disc', id: 'm3', size: 3, good: { id: 'g3' } },
    ];
    const byId = ({ id }: { id: string }) => media.find((medium) => medium.id === id) ?? null;
    const own = (type: string) => ({
      __resolveReference: byId,
      __isTypeOf: (medium: { __typename: string }) => medium.__typename === type,
    });
    federation = await startFederation({
      shelf: {
        sdl: `interface Media @key(fields: "id") { id: ID! size: Int }
          type Book implements Media @key(fields: "id") { id: ID! size: Int good: Good }
          type Disc implements Media @key(fields: "id") { id: ID! size: Int good: Good }
          type Good @key(fields: "id") { id: ID! } type Query { media: [Media] }`,
        resolvers: { Query: { media: () => media }, Media: own(''), Book: own('Book'), Disc: own('Disc') },
      },
      notes: {
        sdl: `type Media @key(fields: "id") @interfaceObject { id: ID! note: String size: Int @external sized(by: Int): String @requires(fields: "size") gift: Good }
          type Good @key(fields: "id") { id: ID! } type Query { noted: [Media] oneNoted: Media }`,
        resolvers: {
          Query: { noted: () => media.map(({ id }) => ({ id })), oneNoted: () => ({ id: 'm2' }) },
          Media: {
            __resolveReference: (reference: object) => reference,
            note: ({ id }: { id: string }) => `note ${id}`,
            sized: ({ size }: { size: number }, { by = 1 }: { by?: number }) => `sized ${size * by}`,
            gift: ({ id }: { id: string }) => ({ id: `g${id.slice(1)}` }),
          },
        },
      },
      goods: {
        sdl: `type Good @key(fields: "id") { id: ID! name: String slug: String! medium: Media }
          type Media @key(fields: "id") @interfaceObject { id: ID! rank: Int } type Query { goods: [Good] good: Good }`,
        resolvers: {
          Query: { goods: () => [{ id: 'g1' }, { id: 'g2' }], good: () => ({ id: 'g2' }) },
          Good: {
            __resolveReference: (reference: object) => reference,
            name: ({ id }: { id: string }) => `name ${id}`,
            slug: ({ id }: { id: string }) => {
              if (id === 'g1') throw new Error('This good has no slug.');
              return `slug ${id}`;
            },
            medium: ({ id }: { id: string }) => ({ id: `m${id.slice(1)}` }),
          },
          Media: { __resolveReference: (reference: object) => reference, rank: () => 7 },
        },
      },
    });
    return federation;
  };

  it.each([
    [
      'only select __typename',
      '{ noted { id ... on Disc { kind: __typename } } }',
      { noted: [{ id: 'm1' }, { id: 'm2', kind: 'Disc' }, { id: 'm3', kind: 'Disc' }] },
    ],
    [
      'only rename a field of the interface',
      '{ noted { id ... on Book { key: id } } }',
      { noted: [{ id: 'm1', key: 'm1' }, { id: 'm2' }, { id: 'm3' }] },
    ],
    [
      'select the same field differently',
      '{ noted { ... on Book { good { slug } } ... on Disc { good { name } } } }',
      { noted: [{ good: { slug: 'slug g2' } }, { good: { name: 'name g1' } }, { good: { name: 'name g3' } }] },
    ],
    [
      'select more of a field of the interface',
      '{ media { gift { id } ... on Disc { gift { slug } } } }',
      {
        media: [
          { gift: { id: 'g1' } },
          { gift: { id: 'g2', slug: 'slug g2' } },
          { gift: { id: 'g3', slug: 'slug g3' } },
        ],
      },
    ],
    [
      'select a field beside one of the interface',
      '{ media { note ... on Disc { gift { slug } } } }',
      {
        media: [
          { note: 'note m1' },
          { note: 'note m2', gift: { slug: 'slug g2' } },
          { note: 'note m3', gift: { slug: 'slug g3' } },
        ],
      },
    ],
    [
      'need the concrete type before a fetch from the interface object',
      '{ oneNoted { __typename gift { medium { size } } ... on Disc { __typename note rank } } }',
      { oneNoted: { __typename: 'Disc', gift: { medium: { size: 2 } }, note: 'note m2', rank: 7 } },
    ],
    [
      'select a field with requirements, reached from another interface object',
      '{ goods { medium { ... on Disc { sized(by: 2) } } } }',
      { goods: [{ medium: {} }, { medium: { sized: 'sized 4' } }] },
    ],
    [
      'and the interface select a field with requirements',
      '{ goods { medium { sized ... on Book { size } ... on Disc { sized } } } }',
      { goods: [{ medium: { sized: 'sized 1', size: 1 } }, { medium: { sized: 'sized 2' } }] },
    ],
  ])('can %s', async (_, query, expected) => {
    const { ask } = await startMedia();

    const { data, errors } = await ask(query);

    expect({ data, errors }).toEqual({ data: expected });
  });
});
