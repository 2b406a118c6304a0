import { fixtureSubgraph } from './fixture.js';

/**
 * The schema that Apollo's compatibility suite asks of a subgraph: every directive of federation in one small shop. Types,
 * fields and values are the suite's, so that it can also be run against this from outside.
 */
export const productsSdl = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@composeDirective", "@extends", "@external", "@key", "@inaccessible", "@interfaceObject", "@override", "@provides", "@requires", "@shareable", "@tag"])
    @link(url: "https://myspecs.dev/myCustomDirective/v1.0", import: ["@custom"])
    @composeDirective(name: "@custom")

  directive @custom on OBJECT

  type Query {
    product(id: ID!): Product
    deprecatedProduct(sku: String!, package: String!): DeprecatedProduct @deprecated(reason: "Use product query instead")
  }

  type Product @custom @key(fields: "id") @key(fields: "sku package") @key(fields: "sku variation { id }") {
    id: ID!
    sku: String
    package: String
    variation: ProductVariation
    dimensions: ProductDimension
    createdBy: User @provides(fields: "totalProductsCreated")
    notes: String @tag(name: "internal")
    research: [ProductResearch!]!
  }

  type ProductVariation { id: ID! }
  type ProductDimension @shareable { size: String weight: Float unit: String @inaccessible }
  type ProductResearch @key(fields: "study { caseNumber }") { study: CaseStudy! outcome: String }
  type CaseStudy { caseNumber: ID! description: String }
  type DeprecatedProduct @key(fields: "sku package") { sku: String! package: String! reason: String createdBy: User }

  type User @key(fields: "email") @extends {
    email: ID! @external
    name: String @override(from: "users")
    totalProductsCreated: Int @external
    yearsOfEmployment: Int! @external
    averageProductsCreatedPerYear: Int @requires(fields: "totalProductsCreated yearsOfEmployment")
  }

  type Inventory @interfaceObject @key(fields: "id") { id: ID! deprecatedProducts: [DeprecatedProduct!]! }
`;

interface UserKey {
  email: string;
  totalProductsCreated?: number;
  yearsOfEmployment?: number;
}

const MAIL = 'support@apollographql.com';
const user = { email: MAIL, name: 'Jane Smith', totalProductsCreated: 1337 };
const study = (caseNumber: string, description: string) => ({ study: { caseNumber, description } });
const research = [study('1234', 'Federation Study'), study('1235', 'Studio Study')];
const dimensions = { size: 'small', weight: 1, unit: 'kg' };
const product = (name: string, variation: string, at: number) => ({
  id: `apollo-${name}`,
  sku: name,
  package: `@apollo/${name}`,
  variation: { id: variation },
  dimensions,
  createdBy: user,
  research: [research[at]],
});
const products = [product('federation', 'OSS', 0), product('studio', 'platform', 1)];
const deprecated = { sku: 'apollo-federation-v1', package: '@apollo/federation-v1', reason: 'Migrate to Federation V2', createdBy: user };

interface ProductKey {
  id?: string;
  sku?: string;
  package?: string;
  variation?: { id: string };
}

const productOf = (key: ProductKey) =>
  products.find(({ id, sku, package: name, variation }) => id === key.id || (sku === key.sku && (name === key.package || variation.id === key.variation?.id))) ?? null;
const deprecatedOf = (key: { sku: string; package: string }) => (key.sku === deprecated.sku && key.package === deprecated.package ? deprecated : null);

export const productsSubgraph = () =>
  fixtureSubgraph('products', productsSdl, {
    Query: { product: (_: unknown, { id }: { id: string }) => productOf({ id }), deprecatedProduct: (_: unknown, key: { sku: string; package: string }) => deprecatedOf(key) },
    Product: { __resolveReference: productOf },
    DeprecatedProduct: { __resolveReference: deprecatedOf },
    ProductResearch: { __resolveReference: ({ study: { caseNumber } }: { study: { caseNumber: string } }) => research.find((known) => known.study.caseNumber === caseNumber) ?? null },
    User: {
      __resolveReference: (key: UserKey) => (key.email === MAIL ? { ...user, ...key } : null),
      averageProductsCreatedPerYear: ({ totalProductsCreated, yearsOfEmployment }: UserKey) => (yearsOfEmployment ? Math.round((totalProductsCreated ?? 0) / yearsOfEmployment) : null),
    },
    Inventory: { __resolveReference: ({ id }: { id: string }) => ({ id, deprecatedProducts: [deprecated] }) },
  });
