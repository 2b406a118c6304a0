import { fixtureSubgraph } from '../../support/fixtureSubgraph.js';

const CALL_SIGN = 'DMRD';

export const shipsSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  type Ship @key(fields: "callSign") { callSign: ID! name: String chartsDrawn: Int @shareable seasonsAtSea: Int! }
`;

/** The ships that drew the charts; the name of a ship comes from the subgraph of the charts. */
export const shipsSubgraph = () =>
  fixtureSubgraph('ships', shipsSdl, {
    Ship: {
      __resolveReference: ({ callSign }: { callSign: string }) =>
        callSign === CALL_SIGN ? { callSign, name: 'overridden', chartsDrawn: 4, seasonsAtSea: 10 } : null,
    },
  });

export const cabinetsSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@requires", "@shareable", "@external"])
  type Query { cabinet(id: ID!): Cabinet }
  type Chart @key(fields: "id") { id: ID! sheet: Sheet @external loan(reader: String): Loan @requires(fields: "sheet { paper grams }") }
  type Sheet @shareable { paper: String grams: Float }
  type Loan { soonest: String latest: String }
  interface Cabinet @key(fields: "id") { id: ID! charts: [Chart!]! }
  type OpenCabinet implements Cabinet @key(fields: "id") { id: ID! charts: [Chart!]! }
`;

/** Locations of charts: an interface here, an object in the subgraph of the charts. */
export const cabinetsSubgraph = () =>
  fixtureSubgraph('cabinets', cabinetsSdl, {
    Query: { cabinet: (_: unknown, { id }: { id: string }) => cabinet(id) },
    Cabinet: { __resolveReference: ({ id }: { id: string }) => cabinet(id), __resolveType: () => 'OpenCabinet' },
    OpenCabinet: { __resolveReference: ({ id }: { id: string }) => cabinet(id) },
    Chart: {
      __resolveReference: (key: object) => key,
      loan: ({ sheet }: { sheet?: { paper: string; grams: number } }) =>
        sheet ? { soonest: `${sheet.paper}, ${sheet.grams}`, latest: null } : null,
    },
  });

const cabinet = (id: string) =>
  id === 'map-room'
    ? { __typename: 'OpenCabinet', id, charts: [{ id: 'chart-harbour' }, { id: 'chart-strait' }] }
    : null;
