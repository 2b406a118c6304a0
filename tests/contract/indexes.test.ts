import { storeFile } from '@dossier/cli';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.close());

const LISTS: [service: string, list: string][] = [
  ...[
    'document: "document:memri-sd-10149"',
    'speaker: "person:kim-jong-un"',
    'carrier: "outlet:kcna"',
    'topic: ["labour"]',
    'attribution: [EXPLICIT]',
    'modality: [ASSERTED]',
    'kind: [PREDICTION]',
  ].flatMap((filter): [string, string][] =>
    ['TEXT', 'SAID_ON'].map((order) => ['statements', `statements(filter: { ${filter} }, orderBy: ${order})`]),
  ),
  ...['document: "document:memri-sd-10149"', 'speaker: "person:kim-jong-un"', 'kind: [DIRECT]'].map(
    (filter): [string, string] => ['statements', `quotations(filter: { ${filter} })`],
  ),
  ...['kind: [VISIT]', 'participant: "polity:russia"'].map((filter): [string, string] => [
    'actors',
    `events(filter: { ${filter} })`,
  ]),
  ['sanctions', 'instruments(regime: "regime:un-dprk")'],
  ...['regime: "regime:un-dprk"', 'relation: [CONSISTENT_WITH]', 'confidence: [HIGH]'].map(
    (filter): [string, string] => ['sanctions', `provisionLinks(filter: { ${filter} })`],
  ),
  ...['reporter: "polity:russia"', 'measure: [TRADE_VALUE]', 'flow: [EXPORT]'].map((filter): [string, string] => [
    'trade',
    `tradeFigures(filter: { ${filter} })`,
  ]),
];

/** Lists of a period, in its order and in others, in which only counts are found by it. */
const PERIODS: [service: string, list: string, page: 'page' | 'count'][] = (
  [
    ['statements', 'statements(filter: { from: "2022-07-01", until: "2022-07-31" }, orderBy: SAID_ON)', 'page'],
    ['statements', 'statements(filter: { from: "2022-07-01", match: WITHIN }, orderBy: SAID_ON)', 'page'],
    ['statements', 'statements(filter: { until: "2022-07-31" })', 'count'],
    ['actors', 'events(filter: { from: "2022-07-01" })', 'page'],
    ['trade', 'tradeFigures(filter: { from: "2020-01-01" })', 'count'],
  ] as const
).flatMap(([service, list, page]): [string, string, 'page' | 'count'][] =>
  page === 'page'
    ? [
        [service, list, 'page'],
        [service, list, 'count'],
      ]
    : [[service, list, 'count']],
);

/** How SQLite finds the rows of a page, or all of them to count them. */
async function planOf(service: string, list: string, query: 'page' | 'count' = 'page'): Promise<string[]> {
  graph.statements();
  const { errors } = await graph.query(`{ ${list.replace(/\)$/, ', first: 3)')} { nodes { id } totalCount } }`);
  expect(errors).toBeUndefined();
  const paging = graph
    .statements()
    [service]?.find((sql) => (query === 'page' ? sql.includes('found_key') : sql.startsWith('select count(')));
  const store = new Database(storeFile(graph.dataDir, service), { readonly: true });
  const plan = store.prepare(`explain query plan ${paging}`).all() as { detail: string }[];
  store.close();
  return plan.map(({ detail }) => detail);
}

describe('the keys and ids of a page', () => {
  it.each(LISTS)('of %s come from an index in order, without sorting or scanning rows: %s', async (service, list) => {
    const plan = await planOf(service, list);
    // The primary key of a table without row ids has all its columns.
    expect(plan[0]).toMatch(/^SEARCH .* USING (?:COVERING INDEX|PRIMARY KEY) /);
    expect(plan.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
  });
});

describe('rows in a period', () => {
  it.each(PERIODS)(
    'of %s come from the part of an index with dates of each length: %s, %s',
    async (service, list, query) => {
      const scans = (await planOf(service, list, query)).filter((detail) => / found\b/.test(detail));
      expect(scans.length).toBeGreaterThan(4);
      for (const scan of scans)
        expect(scan).toMatch(/^SEARCH found USING COVERING INDEX \w+_by_period \(span_length=\?/);
      expect(scans[0]).toMatch(/ AND \w+_key[<>]\?/);
    },
  );
});

describe('statements of a document with another filter', () => {
  const filters = ['speaker: "person:kim-jong-un"', 'topic: ["labour"]', 'kind: [PREDICTION]', 'from: "2022-07-01"'];

  it.each(filters.flatMap((filter) => ['TEXT', 'SAID_ON'].map((order) => [filter, order] as const)))(
    'are found by the document: %s, %s',
    async (filter, order) => {
      const list = `statements(filter: { document: "document:memri-sd-10149", ${filter} }, orderBy: ${order})`;
      const [plan] = await planOf('statements', list);
      expect(plan).toMatch(/^SEARCH found USING (?:COVERING )?INDEX statement_by_document/);
    },
  );
});
