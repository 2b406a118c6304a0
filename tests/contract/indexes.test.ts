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

/** How SQLite finds the rows of a page. */
async function planOf(service: string, list: string): Promise<string[]> {
  graph.statements();
  const { errors } = await graph.query(`{ ${list.replace(/\)$/, ', first: 3)')} { nodes { id } } }`);
  expect(errors).toBeUndefined();
  const paging = graph.statements()[service]?.find((sql) => sql.includes('found_key'));
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
