import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as actors from '@dossier/actors';
import { storeFile } from '@dossier/cli';
import { readSupergraph } from '@dossier/execution/supergraph';
import { type RunningGateway, startEmbedded, startGateway, supergraphFile } from '@dossier/gateway';
import * as sanctions from '@dossier/sanctions';
import * as statements from '@dossier/statements';
import { type Subgraph, serveSubgraph } from '@dossier/subgraph-server';
import * as trade from '@dossier/trade';
import fc from 'fast-check';
import { type ExecutionResult, type GraphQLSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfStores } from '../support/stores.js';
import { UNKNOWN_IDS } from '../support/unknownIds.js';
import { comparable, expectSame } from './comparable.js';
import { operationOf } from './operations.js';
import { type ReferenceExecutor, referenceExecutor } from './referenceExecutor.js';

/** Operations compared; the environment selects the long form. */
const RUNS = Number(process.env['DIFFERENTIAL_RUNS'] ?? 500);
/** Milliseconds for a part of them, on a slow machine. */
const TIMEOUT_MS = 30_000 + RUNS * 250;
/** Long enough that a busy machine does not reject an operation. */
const PATIENT = { requestMs: 60_000, planning: { maxPlanMs: 60_000, maxPaths: 100 } };

const dataDir = mkdtempSync(join(tmpdir(), 'dossier-differential-'));
let api: GraphQLSchema;
let subgraphs: Subgraph[];
let reference: ReferenceExecutor;
let own: RunningGateway;
let overHttp: RunningGateway;
const services: { close: () => Promise<void> }[] = [];
let stock: RunningGateway;
let ids: string[];
/** Those that exist, or that are of no type: @apollo/gateway gives an object for another. */
let stockIds: string[];

beforeAll(async () => {
  copyOfStores(dataDir);
  subgraphs = Object.entries({ actors, statements, sanctions, trade }).map(([name, { createSubgraph }]) =>
    createSubgraph({ file: storeFile(dataDir, name), documentsDir: null }),
  );
  api = readSupergraph(readFileSync(supergraphFile, 'utf8')).apiSchema;
  reference = referenceExecutor(api, subgraphs);
  const options = {
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    dataDir,
    seedsDir: null,
    documentsDir: null,
    ...PATIENT,
  };
  own = await startEmbedded(options);
  stock = await startEmbedded({ ...options, execution: 'stock' });
  const { data } = await reference(
    '{ actors(first: 60) { nodes { id } } statements(first: 60) { nodes { id citations { id } } } events(first: 9) { nodes { id } } provisions(first: 9) { nodes { id } } tradeFigures(first: 9) { nodes { id } } quotations(first: 9) { nodes { id } } }',
    {},
  );
  const known = [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id as string);
  stockIds = known.concat('actor:person:nobody', 'nothing');
  ids = stockIds.concat(Object.values(UNKNOWN_IDS));
  const served = await Promise.all(
    subgraphs.map((subgraph) => serveSubgraph({ ...subgraph, close: () => {} }, { port: 0, host: '127.0.0.1' })),
  );
  services.push(...served);
  overHttp = await startGateway({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    ...PATIENT,
    urls: Object.fromEntries(subgraphs.map(({ name }, index) => [name, served[index]?.url ?? null])),
  });
});

afterAll(async () => {
  await own?.close();
  await overHttp?.close();
  for (const { close } of services) await close();
  await stock?.close();
  for (const subgraph of subgraphs ?? []) subgraph.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const ask = async (gateway: RunningGateway, query: string, variables: Record<string, unknown>) =>
  comparable((await gateway.execute({ query, variables })) as ExecutionResult);

/** The answer as stock gives it where nothing that was selected of an object is included: null in the object's place. */
const withoutEmpty = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutEmpty);
  const members = Object.entries(value).map(([name, member]) => [name, withoutEmpty(member)]);
  return members.length === 0 ? null : Object.fromEntries(members);
};

/** Operations that ask for an object both by its type and by an interface of it, in one fetch. */
const OF_AN_INTERFACE: [seed: number][] = [[976959227], [1010789879], [1305659318]];

/** A fragment on an interface, which @apollo/gateway cannot apply if `__typename` was not selected. */
const WITHIN_INTERFACE = /on (Node|Sourced|Actor)\b/;

/** Whether all of an answer is in another one. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part))
    return (
      Array.isArray(whole) &&
      part.length === whole.length &&
      part.every((element, index) => isPartOf(element, whole[index]))
    );
  if (typeof part !== 'object' || part === null) return part === whole || part === null;
  return Object.entries(part).every(([name, member]) =>
    isPartOf(member, (whole as Record<string, unknown> | null)?.[name]),
  );
}

describe('the execution of query plans', { timeout: TIMEOUT_MS }, () => {
  it.each([false, true])(
    'equals that of one schema with the same resolvers, with __typename added everywhere: %s',
    async (typenames) => {
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(fc.nat(2 ** 31), async (seed) => {
          const { query, variables } = operationOf(api, ids, seed, { typenames });
          if (validate(api, parse(query)).length > 0) return;
          compared++;
          expectSame(await ask(own, query, variables), await reference(query, variables), query);
        }),
        { numRuns: RUNS / 2, seed: 20221123, examples: OF_AN_INTERFACE },
      );
      expect(compared).toBeGreaterThan(RUNS / 3);
    },
  );

  it('equals that schema, in one process and over HTTP, if aliases and variables have the names of other fields, keys, arguments and types', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(2 ** 31), async (seed) => {
        const { query, variables } = operationOf(api, ids, seed, { misleading: true });
        if (validate(api, parse(query)).length > 0) return;
        compared++;
        const expected = await reference(query, variables);
        const [inProcess, remote] = await Promise.all([ask(own, query, variables), ask(overHttp, query, variables)]);
        expectSame(inProcess, expected, query);
        expectSame(remote, expected, query);
      }),
      { numRuns: RUNS, seed: 20221125 },
    );
    expect(compared).toBeGreaterThan(RUNS / 2);
  });

  it('equals @apollo/gateway, except for empty objects and fragments within an interface that it loses', async () => {
    for (const seed of fc.sample(fc.nat(2 ** 31), { numRuns: RUNS / 2, seed: 20221124 })) {
      const { query, variables } = operationOf(api, stockIds, seed, { typenames: seed % 2 === 0 });
      if (validate(api, parse(query)).length > 0) continue;
      const [expected, ours] = [await ask(stock, query, variables), await ask(own, query, variables)];
      if (WITHIN_INTERFACE.test(query) && !isDeepStrictEqual(withoutEmpty(ours), withoutEmpty(expected))) {
        expect(isPartOf(expected.data, ours.data), query).toBe(true);
        expectSame(ours, await reference(query, variables), query);
      } else expect(withoutEmpty(ours), query).toEqual(withoutEmpty(expected));
    }
  });

  it('returns the fields of a fragment within a fragment on an interface, which @apollo/gateway loses', async () => {
    const query = 'query ($id: ID!) { citation(id: $id) { id ... on Node { ... on Citation { start } } } }';
    const variables = { id: ids.find((id) => id.startsWith('citation:')) };

    expect((await ask(own, query, variables)).data).toMatchObject({ citation: { start: expect.any(Number) } });
    expect((await ask(own, query, variables)).data).toEqual(comparable(await reference(query, variables)).data);
    expect((await ask(stock, query, variables)).data).toEqual({ citation: { id: variables.id } });
  });

  it('returns an empty object if all of its fields are skipped, for which @apollo/gateway returns null with an error', async () => {
    const query =
      'query ($skips: Boolean!, $never: Boolean!) { quotations(first: 1) { nodes { id } } events(first: 1) @skip(if: $never) { ... on EventConnection @skip(if: $skips) { __typename } } }';
    const variables = { skips: true, never: false };

    expect((await reference(query, variables)).data).toMatchObject({ events: {} });
    expect((await ask(own, query, variables)).data).toMatchObject({ events: {} });
    expect((await ask(stock, query, variables)).data).toMatchObject({ events: null });
  });

  it.each(['actors', 'statements', 'sanctions', 'trade'])(
    'returns null with an error at each path that needs %s while it is down',
    async (down) => {
      const served = await Promise.all(
        subgraphs
          .filter(({ name }) => name !== down)
          .map((subgraph) => serveSubgraph({ ...subgraph, close: () => {} }, { port: 0, host: '127.0.0.1' })),
      );
      const urls = Object.fromEntries(
        subgraphs.filter(({ name }) => name !== down).map(({ name }, index) => [name, served[index]?.url ?? null]),
      );
      // Port 9 is that of the discard service, which nothing here runs.
      const gateway = await startGateway({
        port: 0,
        host: '127.0.0.1',
        corsOrigins: [],
        urls: { ...urls, [down]: 'http://127.0.0.1:9/graphql' },
      });
      try {
        await fc.assert(
          fc.asyncProperty(fc.nat(2 ** 31), async (seed) => {
            const { query, variables } = operationOf(api, ids, seed, { typenames: true, misleading: seed % 2 === 0 });
            if (validate(api, parse(query)).length > 0) return;
            expectSame(await ask(gateway, query, variables), await reference(query, variables, down), query);
          }),
          { numRuns: RUNS / 10, seed: 20221123, examples: OF_AN_INTERFACE },
        );
      } finally {
        await gateway.close();
        await Promise.all(served.map(({ close }) => close()));
      }
    },
  );
});
