import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFederation, type TestFederation } from '../support/federation.js';

const tags = (_: unknown, { of }: { of?: string[] | null }): string[] => (of ?? ['all']).map((text) => `t:${text}`);
const join = ({ tags: given }: { tags?: string[] }): string => (given ?? ['none']).join();

let shop: TestFederation;
beforeAll(async () => {
  shop = await startFederation({
    cat: {
      sdl: 'type Item @key(fields: "id") { id: ID! tags(of: [String!]): [String!] related: [Item] } type Query { item(id: ID!): Item items: [Item] }',
      resolvers: {
        Query: {
          item: (_: unknown, { id }: { id: string }) => ({ id }),
          items: () => [{ id: '1' }, null, { id: '2' }],
        },
        Item: {
          tags,
          related: () => [{ id: '2' }, { id: '3' }],
          __resolveReference: ({ id }: { id: string }) => ({ id }),
        },
      },
    },
    enrich: {
      sdl: `type Item @key(fields: "id") {
        id: ID! tags(of: [String!]): [String!] @external
        adult: String @requires(fields: "tags(of: \\"adult\\")") size: String @requires(fields: "tags(of: [\\"size\\"])") plain: String @requires(fields: "tags") both: String @requires(fields: "tags(of: [\\"a\\", \\"b\\"])")
        free: String
      }`,
      resolvers: {
        Item: {
          __resolveReference: (reference: object) => reference,
          adult: join,
          size: join,
          plain: join,
          both: join,
          free: () => 'free',
        },
      },
    },
  });
});
afterAll(() => shop.close());

describe('a required field with arguments', () => {
  it.each<[what: string, query: string, data: object]>([
    [
      'beside the same field with other arguments',
      '{ item(id: 1) { adult tags(of: ["x"]) } }',
      { item: { adult: 't:adult', tags: ['t:x'] } },
    ],
    [
      'beside the same field without',
      '{ item(id: 1) { tags adult } }',
      { item: { tags: ['t:all'], adult: 't:adult' } },
    ],
    [
      'for two fields with different arguments',
      '{ item(id: 1) { adult size } }',
      { item: { adult: 't:adult', size: 't:size' } },
    ],
    [
      'for four fields with different arguments, and one that requires none',
      '{ item(id: 1) { adult size plain both free id } }',
      { item: { adult: 't:adult', size: 't:size', plain: 't:all', both: 't:a,t:b', free: 'free', id: '1' } },
    ],
    [
      'under aliases of each other',
      '{ item(id: 1) { adult: size size: adult tags: plain } }',
      { item: { adult: 't:size', size: 't:adult', tags: 't:all' } },
    ],
    [
      'for each of a list',
      '{ items { id size adult } }',
      { items: [{ id: '1', size: 't:size', adult: 't:adult' }, null, { id: '2', size: 't:size', adult: 't:adult' }] },
    ],
    [
      'in lists within each other',
      '{ item(id: 1) { adult related { size related { adult size } } } }',
      {
        item: {
          adult: 't:adult',
          related: [2, 3].map(() => ({
            size: 't:size',
            related: [2, 3].map(() => ({ adult: 't:adult', size: 't:size' })),
          })),
        },
      },
    ],
  ])('is fetched with those arguments: %s', async (_, query, data) => {
    const { data: found, errors } = await shop.ask(query);

    expect({ data: found, errors }).toEqual({ data });
  });

  it('does not use the arguments of the client', async () => {
    const { data } = await shop.ask(
      'query ($of: [String!]) { item(id: 1) { tags(of: $of) adult other: tags(of: ["y"]) size } }',
      { of: ['x'] },
    );

    expect(data).toEqual({ item: { tags: ['t:x'], adult: 't:adult', other: ['t:y'], size: 't:size' } });
  });
});

it('two subgraphs may require the same field with different arguments', async () => {
  const requiring = (field: string, of: string) => ({
    sdl: `type Item @key(fields: "id") { id: ID! tags(of: [String!]): [String!] @external ${field}: String @requires(fields: "tags(of: \\"${of}\\")") }`,
    resolvers: { Item: { __resolveReference: (reference: object) => reference, [field]: join } },
  });
  const federation = await startFederation({
    cat: {
      sdl: 'type Item @key(fields: "id") { id: ID! tags(of: [String!]): [String!] } type Query { item(id: ID!): Item }',
      resolvers: { Query: { item: (_: unknown, { id }: { id: string }) => ({ id }) }, Item: { tags } },
    },
    films: requiring('adult', 'adult'),
    shelves: requiring('size', 'size'),
  });
  try {
    expect(await federation.ask('{ item(id: 1) { adult size } }')).toMatchObject({
      data: { item: { adult: 't:adult', size: 't:size' } },
    });
  } finally {
    await federation.close();
  }
});
