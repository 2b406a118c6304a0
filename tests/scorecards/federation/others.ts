import { fixtureSubgraph } from './fixture.js';

const MAIL = 'support@apollographql.com';

export const usersSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  type User @key(fields: "email") { email: ID! name: String totalProductsCreated: Int @shareable yearsOfEmployment: Int! }
`;

/** Who creates products: the suite's second subgraph, whose `name` products overrides. */
export const usersSubgraph = () =>
  fixtureSubgraph('users', usersSdl, {
    User: { __resolveReference: ({ email }: { email: string }) => (email === MAIL ? { email, name: 'overridden', totalProductsCreated: 4, yearsOfEmployment: 10 } : null) },
  });

export const inventorySdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@requires", "@shareable", "@external"])
  type Query { inventory(id: ID!): Inventory }
  type Product @key(fields: "id") { id: ID! dimensions: ProductDimension @external delivery(zip: String): DeliveryEstimates @requires(fields: "dimensions { size weight }") }
  type ProductDimension @shareable { size: String weight: Float }
  type DeliveryEstimates { estimatedDelivery: String fastestDelivery: String }
  interface Inventory @key(fields: "id") { id: ID! products: [Product!]! }
  type OpenSourceInventory implements Inventory @key(fields: "id") { id: ID! products: [Product!]! }
`;

/** Where products lie: the suite's third subgraph, with the interface that products treats as an object. */
export const inventorySubgraph = () =>
  fixtureSubgraph('inventory', inventorySdl, {
    Query: { inventory: (_: unknown, { id }: { id: string }) => inventory(id) },
    Inventory: { __resolveReference: ({ id }: { id: string }) => inventory(id), __resolveType: () => 'OpenSourceInventory' },
    OpenSourceInventory: { __resolveReference: ({ id }: { id: string }) => inventory(id) },
    Product: {
      __resolveReference: (key: object) => key,
      delivery: ({ dimensions }: { dimensions?: { size: string; weight: number } }) => (dimensions ? { estimatedDelivery: `${dimensions.size}, ${dimensions.weight}`, fastestDelivery: null } : null),
    },
  });

const inventory = (id: string) => (id === 'apollo-oss' ? { __typename: 'OpenSourceInventory', id, products: [{ id: 'apollo-federation' }, { id: 'apollo-studio' }] } : null);
