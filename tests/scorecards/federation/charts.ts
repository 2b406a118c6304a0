import { fixtureSubgraph } from '../../support/fixtureSubgraph.js';

/**
 * Every directive of federation in one small collection of sea charts, used in the ways that Apollo's compatibility suite
 * tries.
 */
export const chartsSdl = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@composeDirective", "@extends", "@external", "@key", "@inaccessible", "@interfaceObject", "@override", "@provides", "@requires", "@shareable", "@tag"])
    @link(url: "https://specs.invalid/surveyed/v1.0", import: ["@surveyed"])
    @composeDirective(name: "@surveyed")

  directive @surveyed on OBJECT

  type Query {
    chart(id: ID!): Chart
    withdrawnChart(number: String!, series: String!): WithdrawnChart @deprecated(reason: "Ask for a chart of today")
  }

  type Chart @surveyed @key(fields: "id") @key(fields: "number series") @key(fields: "number edition { id }") {
    id: ID!
    number: String
    series: String
    edition: Edition
    sheet: Sheet
    drawnBy: Ship @provides(fields: "chartsDrawn")
    remarks: String @tag(name: "staff")
    soundings: [Sounding!]!
  }

  type Edition { id: ID! }
  type Sheet @shareable { paper: String grams: Float shelf: String @inaccessible }
  type Sounding @key(fields: "voyage { log }") { voyage: Voyage! finding: String }
  type Voyage { log: ID! description: String }
  type WithdrawnChart @key(fields: "number series") { number: String! series: String! reason: String drawnBy: Ship }

  type Ship @key(fields: "callSign") @extends {
    callSign: ID! @external
    name: String @override(from: "ships")
    chartsDrawn: Int @external
    seasonsAtSea: Int! @external
    chartsPerSeason: Int @requires(fields: "chartsDrawn seasonsAtSea")
  }

  type Cabinet @interfaceObject @key(fields: "id") { id: ID! withdrawnCharts: [WithdrawnChart!]! }
`;

interface ShipKey {
  callSign: string;
  chartsDrawn?: number;
  seasonsAtSea?: number;
}

const CALL_SIGN = 'DMRD';
const ship = { callSign: CALL_SIGN, name: 'Meridian', chartsDrawn: 420 };
const voyage = (log: string, description: string) => ({ voyage: { log, description } });
const soundings = [voyage('L-7', 'Soundings in the harbour'), voyage('L-8', 'Soundings in the strait')];
const sheet = { paper: 'folio', grams: 1, shelf: 'B4' };
const chart = (name: string, edition: string, at: number) => ({
  id: `chart-${name}`,
  number: name,
  series: name === 'harbour' ? 'north' : 'south',
  edition: { id: edition },
  sheet,
  drawnBy: ship,
  soundings: [soundings[at]],
});
const charts = [chart('harbour', 'second', 0), chart('strait', 'first', 1)];
const withdrawn = {
  number: 'harbour-1890',
  series: 'coast-1890',
  reason: 'Replaced by the survey of 1925',
  drawnBy: ship,
};

interface ChartKey {
  id?: string;
  number?: string;
  series?: string;
  edition?: { id: string };
}

const chartOf = (key: ChartKey) =>
  charts.find(
    ({ id, number, series: name, edition }) =>
      id === key.id || (number === key.number && (name === key.series || edition.id === key.edition?.id)),
  ) ?? null;
const withdrawnOf = (key: { number: string; series: string }) =>
  key.number === withdrawn.number && key.series === withdrawn.series ? withdrawn : null;

export const chartsSubgraph = () =>
  fixtureSubgraph('charts', chartsSdl, {
    Query: {
      chart: (_: unknown, { id }: { id: string }) => chartOf({ id }),
      withdrawnChart: (_: unknown, key: { number: string; series: string }) => withdrawnOf(key),
    },
    Chart: { __resolveReference: chartOf },
    WithdrawnChart: { __resolveReference: withdrawnOf },
    Sounding: {
      __resolveReference: ({ voyage: { log } }: { voyage: { log: string } }) =>
        soundings.find((known) => known.voyage.log === log) ?? null,
    },
    Ship: {
      __resolveReference: (key: ShipKey) => (key.callSign === CALL_SIGN ? { ...ship, ...key } : null),
      chartsPerSeason: ({ chartsDrawn, seasonsAtSea }: ShipKey) =>
        seasonsAtSea ? Math.round((chartsDrawn ?? 0) / seasonsAtSea) : null,
    },
    Cabinet: { __resolveReference: ({ id }: { id: string }) => ({ id, withdrawnCharts: [withdrawn] }) },
  });
