import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { type RunningGateway, startGateway } from '@dossier/gateway';
import { type RunningSubgraph, serveSubgraph } from '@dossier/subgraph-server';
import { parse, stripIgnoredCharacters } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCard } from './card.js';
import { chartsSdl, chartsSubgraph } from './federation/charts.js';
import { cabinetsSdl, cabinetsSubgraph, shipsSdl, shipsSubgraph } from './federation/others.js';

type Ask = (query: string, variables?: Record<string, unknown>, headers?: Record<string, string>) => Promise<unknown>;

const folder = mkdtempSync(join(tmpdir(), 'dossier-federation-'));
const closers: (() => Promise<unknown>)[] = [];
let subgraph: Ask;
let sdl: string;
const gateways: Partial<Record<'own' | 'stock', Ask>> = {};

const askerOf =
  (url: string): Ask =>
  async (query, variables, headers) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return response.json();
  };

beforeAll(async () => {
  const fixtures = [
    { subgraph: chartsSubgraph(), text: chartsSdl },
    { subgraph: shipsSubgraph(), text: shipsSdl },
    { subgraph: cabinetsSubgraph(), text: cabinetsSdl },
  ];
  const services = await Promise.all(
    fixtures.map(async ({ subgraph: { name }, subgraph: fixture, text }) => {
      const listening: RunningSubgraph = await serveSubgraph(fixture, { port: 0, host: '127.0.0.1' });
      closers.push(listening.close);
      return { name, url: listening.url, typeDefs: parse(text) };
    }),
  );
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.join('\n'));
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, supergraphSdl);
  for (const execution of ['own', 'stock'] as const) {
    const gateway: RunningGateway = await startGateway({
      port: 0,
      host: '127.0.0.1',
      corsOrigins: [],
      landing: 'none',
      supergraph,
      execution,
      urls: {},
    });
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
const entities = (selection: string, ...representations: object[]) =>
  subgraph(`${ENTITIES} ${selection} } }`, { representations });
const CALL_SIGN = 'DMRD';

/** Sends the same request to both gateways, ours and the stock one. */
async function composed(query: string, data: object): Promise<void> {
  for (const ask of [gateways.own, gateways.stock]) expect(await ask?.(query)).toEqual({ data });
}

/** The cases of Apollo's federation-subgraph-compatibility, reimplemented because its runner downloads a router. */
const CASES: { name: string; check: () => Promise<void> }[] = [
  {
    name: '_service',
    check: async () => expect(sdl).toContain('type Query'),
  },
  {
    name: '@key (single)',
    check: async () => {
      expect(sdl).toMatch(/type Ship.*@key\(fields:"callSign"/);
      expect(await entities('... on Ship { callSign name }', { __typename: 'Ship', callSign: CALL_SIGN })).toEqual({
        data: { _entities: [{ callSign: CALL_SIGN, name: 'Meridian' }] },
      });
    },
  },
  {
    name: '@key (multiple fields)',
    check: async () => {
      const key = { number: 'harbour-1890', series: 'coast-1890' };
      expect(sdl).toMatch(/type WithdrawnChart@key\(fields:"number series"/);
      expect(
        await entities('... on WithdrawnChart { number series reason }', { __typename: 'WithdrawnChart', ...key }),
      ).toEqual({
        data: { _entities: [{ ...key, reason: 'Replaced by the survey of 1925' }] },
      });
    },
  },
  {
    name: '@key (nested)',
    check: async () => {
      expect(sdl).toMatch(/type Sounding@key\(fields:"voyage { log }"/);
      expect(
        await entities('... on Sounding { voyage { log description } }', {
          __typename: 'Sounding',
          voyage: { log: 'L-7' },
        }),
      ).toEqual({
        data: { _entities: [{ voyage: { log: 'L-7', description: 'Soundings in the harbour' } }] },
      });
    },
  },
  {
    name: '@key (repeated)',
    check: async () => {
      const keys = [
        { id: 'chart-harbour' },
        { number: 'harbour', series: 'north' },
        { number: 'strait', edition: { id: 'first' } },
      ];
      for (const fields of ['id', 'number series', 'number edition { id }'])
        expect(sdl).toMatch(new RegExp(`type Chart@surveyed.*@key\\(fields:"${fields}"`));
      expect(
        await entities('... on Chart { id number }', ...keys.map((key) => ({ __typename: 'Chart', ...key }))),
      ).toEqual({
        data: { _entities: ['harbour', 'harbour', 'strait'].map((number) => ({ id: `chart-${number}`, number })) },
      });
    },
  },
  {
    name: 'an unknown key',
    check: async () => {
      const unknown = [
        { __typename: 'Ship', callSign: 'XXXX' },
        { __typename: 'Chart', id: 'nothing' },
      ];
      expect(await entities('... on Ship { name } ... on Chart { number }', ...unknown)).toEqual({
        data: { _entities: [null, null] },
      });
    },
  },
  {
    name: '@requires',
    check: () =>
      composed('{ chart(id: "chart-harbour") { drawnBy { callSign chartsPerSeason } loan { soonest } } }', {
        chart: { drawnBy: { callSign: CALL_SIGN, chartsPerSeason: 42 }, loan: { soonest: 'folio, 1' } },
      }),
  },
  {
    name: '@provides',
    check: async () =>
      expect(await subgraph('{ chart(id: "chart-harbour") { drawnBy { callSign chartsDrawn } } }')).toEqual({
        data: { chart: { drawnBy: { callSign: CALL_SIGN, chartsDrawn: 420 } } },
      }),
  },
  {
    name: '@external',
    check: () =>
      composed('{ chart(id: "chart-harbour") { drawnBy { chartsDrawn seasonsAtSea } } }', {
        chart: { drawnBy: { chartsDrawn: 420, seasonsAtSea: 10 } },
      }),
  },
  {
    name: '@link',
    check: async () => {
      const links = [...sdl.matchAll(/@link\(url:"https:\/\/specs\.apollo\.dev\/federation\/v(.+?)"/g)].map(
        ([, version]) => version,
      );
      expect(links).toEqual(['2.3']);
    },
  },
  {
    name: '@shareable',
    check: async () => {
      expect(sdl).toMatch(/type Sheet@shareable/);
      await composed('{ chart(id: "chart-harbour") { sheet { paper grams } } }', {
        chart: { sheet: { paper: 'folio', grams: 1 } },
      });
    },
  },
  {
    name: '@tag',
    check: async () => expect(sdl).toContain('@tag(name:"staff")'),
  },
  {
    name: '@override',
    check: async () => {
      expect(sdl).toContain('@override(from:"ships")');
      await composed('{ chart(id: "chart-harbour") { drawnBy { name } } }', {
        chart: { drawnBy: { name: 'Meridian' } },
      });
    },
  },
  {
    name: '@inaccessible',
    check: async () => {
      expect(sdl).toContain('shelf:String@inaccessible');
      expect(await subgraph('{ chart(id: "chart-harbour") { sheet { shelf } } }')).toEqual({
        data: { chart: { sheet: { shelf: 'B4' } } },
      });
      for (const ask of [gateways.own, gateways.stock])
        expect(await ask?.('{ chart(id: "chart-harbour") { sheet { shelf } } }')).toHaveProperty('errors');
    },
  },
  {
    name: '@composeDirective',
    check: async () => {
      expect(sdl).toMatch(/schema.*@composeDirective\(name:"@surveyed"\)/);
      expect(sdl).toMatch(/directive@surveyed on OBJECT/);
      expect(sdl).toMatch(/type Chart@surveyed/);
    },
  },
  {
    name: '@interfaceObject',
    check: async () => {
      expect(sdl).toMatch(/type Cabinet@interfaceObject@key\(fields:"id"/);
      await composed('{ cabinet(id: "map-room") { withdrawnCharts { number reason } } }', {
        cabinet: { withdrawnCharts: [{ number: 'harbour-1890', reason: 'Replaced by the survey of 1925' }] },
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
  'federated tracing (ftv1)':
    "Apollo's own trace format, read by GraphOS alone. It would show every client of a subgraph how long each resolver took; OpenTelemetry shows this to the operator.",
};

describe('the federation-subgraph-compatibility case', () => {
  it.each(CASES.filter(({ name }) => !WHY[name]))('$name passes', ({ check }) => check());

  it.each(CASES.filter(({ name }) => WHY[name]))('$name is not supported, with a stated reason', async ({ check }) => {
    await expect(check()).rejects.toThrow();
  });

  it('results are those in docs/standards.md', () => {
    expectCard(
      'federation',
      ['Case', '', 'Why not'],
      CASES.map(({ name }) => [name, WHY[name] ? 'no' : 'yes', WHY[name] ?? '']),
    );
  });
});
