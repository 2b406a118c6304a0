import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { type RunningGateway, startGateway } from '@dossier/gateway';
import { type Listening, serveSubgraph } from '@dossier/subgraph';
import { parse, stripIgnoredCharacters } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCard } from './card.js';
import { inventorySdl, inventorySubgraph, usersSdl, usersSubgraph } from './federation/others.js';
import { productsSdl, productsSubgraph } from './federation/products.js';

type Ask = (query: string, variables?: Record<string, unknown>, headers?: Record<string, string>) => Promise<unknown>;

const folder = mkdtempSync(join(tmpdir(), 'dossier-federation-'));
const closers: (() => Promise<unknown>)[] = [];
let subgraph: Ask;
let sdl: string;
const gateways: Partial<Record<'own' | 'stock', Ask>> = {};

const askerOf =
  (url: string): Ask =>
  async (query, variables, headers) => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json', ...headers }, body: JSON.stringify({ query, variables }) });
    return response.json();
  };

beforeAll(async () => {
  const fixtures = [
    { subgraph: productsSubgraph(), text: productsSdl },
    { subgraph: usersSubgraph(), text: usersSdl },
    { subgraph: inventorySubgraph(), text: inventorySdl },
  ];
  const services = await Promise.all(
    fixtures.map(async ({ subgraph: { name }, subgraph: fixture, text }) => {
      const listening: Listening = await serveSubgraph(fixture, { port: 0, host: '127.0.0.1' });
      closers.push(listening.close);
      return { name, url: listening.url, typeDefs: parse(text) };
    }),
  );
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, supergraphSdl);
  for (const execution of ['own', 'stock'] as const) {
    const gateway: RunningGateway = await startGateway({ port: 0, host: '127.0.0.1', corsOrigins: [], landing: 'none', supergraph, execution, urls: {} });
    closers.push(gateway.close);
    gateways[execution] = askerOf(`${gateway.url}graphql`);
  }
  subgraph = askerOf(services[0]?.url ?? '');
  const answer = (await subgraph('{ _service { sdl } }')) as { data: { _service: { sdl: string } } };
  sdl = stripIgnoredCharacters(answer.data._service.sdl);
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

const ENTITIES = 'query ($representations: [_Any!]!) { _entities(representations: $representations) {';
const entities = (selection: string, ...representations: object[]) => subgraph(`${ENTITIES} ${selection} } }`, { representations });
const MAIL = 'support@apollographql.com';

/** Asks both gateways, ours and the stock one, for the same. */
async function composed(query: string, data: object): Promise<void> {
  for (const ask of [gateways.own, gateways.stock]) expect(await ask?.(query)).toEqual({ data });
}

/** The cases of Apollo's federation-subgraph-compatibility, written anew: its runner downloads a router. */
const CASES: { name: string; check: () => Promise<void> }[] = [
  {
    name: '_service',
    check: async () => expect(sdl).toContain('type Query'),
  },
  {
    name: '@key (single)',
    check: async () => {
      expect(sdl).toMatch(/type User.*@key\(fields:"email"/);
      expect(await entities('... on User { email name }', { __typename: 'User', email: MAIL })).toEqual({ data: { _entities: [{ email: MAIL, name: 'Jane Smith' }] } });
    },
  },
  {
    name: '@key (multiple fields)',
    check: async () => {
      const key = { sku: 'apollo-federation-v1', package: '@apollo/federation-v1' };
      expect(sdl).toMatch(/type DeprecatedProduct@key\(fields:"sku package"/);
      expect(await entities('... on DeprecatedProduct { sku package reason }', { __typename: 'DeprecatedProduct', ...key })).toEqual({
        data: { _entities: [{ ...key, reason: 'Migrate to Federation V2' }] },
      });
    },
  },
  {
    name: '@key (nested)',
    check: async () => {
      expect(sdl).toMatch(/type ProductResearch@key\(fields:"study { caseNumber }"/);
      expect(await entities('... on ProductResearch { study { caseNumber description } }', { __typename: 'ProductResearch', study: { caseNumber: '1234' } })).toEqual({
        data: { _entities: [{ study: { caseNumber: '1234', description: 'Federation Study' } }] },
      });
    },
  },
  {
    name: '@key (repeated)',
    check: async () => {
      const keys = [{ id: 'apollo-federation' }, { sku: 'federation', package: '@apollo/federation' }, { sku: 'studio', variation: { id: 'platform' } }];
      for (const fields of ['id', 'sku package', 'sku variation { id }']) expect(sdl).toMatch(new RegExp(`type Product@custom.*@key\\(fields:"${fields}"`));
      expect(await entities('... on Product { id sku }', ...keys.map((key) => ({ __typename: 'Product', ...key })))).toEqual({
        data: { _entities: ['federation', 'federation', 'studio'].map((sku) => ({ id: `apollo-${sku}`, sku })) },
      });
    },
  },
  {
    name: 'an unknown key',
    check: async () => {
      const unknown = [
        { __typename: 'User', email: 'nobody@ruritania.invalid' },
        { __typename: 'Product', id: 'nothing' },
      ];
      expect(await entities('... on User { name } ... on Product { sku }', ...unknown)).toEqual({ data: { _entities: [null, null] } });
    },
  },
  {
    name: '@requires',
    check: () =>
      composed('{ product(id: "apollo-federation") { createdBy { email averageProductsCreatedPerYear } delivery { estimatedDelivery } } }', {
        product: { createdBy: { email: MAIL, averageProductsCreatedPerYear: 134 }, delivery: { estimatedDelivery: 'small, 1' } },
      }),
  },
  {
    name: '@provides',
    check: async () =>
      expect(await subgraph('{ product(id: "apollo-federation") { createdBy { email totalProductsCreated } } }')).toEqual({
        data: { product: { createdBy: { email: MAIL, totalProductsCreated: 1337 } } },
      }),
  },
  {
    name: '@external',
    check: () =>
      composed('{ product(id: "apollo-federation") { createdBy { totalProductsCreated yearsOfEmployment } } }', { product: { createdBy: { totalProductsCreated: 1337, yearsOfEmployment: 10 } } }),
  },
  {
    name: '@link',
    check: async () => {
      const links = [...sdl.matchAll(/@link\(url:"https:\/\/specs\.apollo\.dev\/federation\/v(.+?)"/g)].map(([, version]) => version);
      expect(links).toEqual(['2.3']);
    },
  },
  {
    name: '@shareable',
    check: async () => {
      expect(sdl).toMatch(/type ProductDimension@shareable/);
      await composed('{ product(id: "apollo-federation") { dimensions { size weight } } }', { product: { dimensions: { size: 'small', weight: 1 } } });
    },
  },
  {
    name: '@tag',
    check: async () => expect(sdl).toContain('@tag(name:"internal")'),
  },
  {
    name: '@override',
    check: async () => {
      expect(sdl).toContain('@override(from:"users")');
      await composed('{ product(id: "apollo-federation") { createdBy { name } } }', { product: { createdBy: { name: 'Jane Smith' } } });
    },
  },
  {
    name: '@inaccessible',
    check: async () => {
      expect(sdl).toContain('unit:String@inaccessible');
      expect(await subgraph('{ product(id: "apollo-federation") { dimensions { unit } } }')).toEqual({ data: { product: { dimensions: { unit: 'kg' } } } });
      for (const ask of [gateways.own, gateways.stock]) expect(await ask?.('{ product(id: "apollo-federation") { dimensions { unit } } }')).toHaveProperty('errors');
    },
  },
  {
    name: '@composeDirective',
    check: async () => {
      expect(sdl).toMatch(/schema.*@composeDirective\(name:"@custom"\)/);
      expect(sdl).toMatch(/directive@custom on OBJECT/);
      expect(sdl).toMatch(/type Product@custom/);
    },
  },
  {
    name: '@interfaceObject',
    check: async () => {
      expect(sdl).toMatch(/type Inventory@interfaceObject@key\(fields:"id"/);
      await composed('{ inventory(id: "apollo-oss") { deprecatedProducts { sku reason } } }', {
        inventory: { deprecatedProducts: [{ sku: 'apollo-federation-v1', reason: 'Migrate to Federation V2' }] },
      });
    },
  },
  {
    name: 'federated tracing (ftv1)',
    check: async () => {
      const answer = await subgraph('{ __typename }', {}, { 'apollo-federation-include-trace': 'ftv1' });
      expect(answer).toMatchObject({ extensions: { ftv1: expect.any(String) } });
    },
  },
];

/** Why a case is not met. */
const WHY: Readonly<Record<string, string>> = {
  'federated tracing (ftv1)': "Apollo's own trace format, read by GraphOS alone. It would tell anyone who asks a subgraph how long each resolver took; OpenTelemetry tells the operator.",
};

describe('a subgraph on our server, by the cases of federation-subgraph-compatibility', () => {
  it.each(CASES.filter(({ name }) => !WHY[name]))('$name', ({ check }) => check());

  it.each(CASES.filter(({ name }) => WHY[name]))('$name is not there, for a reason', async ({ check }) => {
    await expect(check()).rejects.toThrow();
  });

  it('is what the page of standards says', () => {
    expectCard(
      'federation',
      ['Case', '', 'Why not'],
      CASES.map(({ name }) => [name, WHY[name] ? 'no' : 'yes', WHY[name] ?? '']),
    );
  });
});
