import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchStores } from '../bench/stores.mjs';
import { type MeasuredGraph, measuredGraph } from './measures.js';
import { type Candidate, OBJECTIVES, type Objective, searchWorst } from './search.js';

/**
 * The worst operations that were found so far, which the search begins with. WORST_EVALUATIONS=2000 searches longer and
 * WORST_SEED elsewhere; WORST_UPDATE=1 records the result here, for `npm run bench:worst` (then format it: `npx biome check --write`).
 */
const FILE = new URL('../bench/worst/operations.json', import.meta.url);
const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Candidate>;
const { WORST_EVALUATIONS: evaluations = '20', WORST_SEED: seed = '1', WORST_UPDATE: isUpdate } = process.env;
const STATEMENTS = 5000;

/** The maximum that one operation admitted by the default limits may need on a store of STATEMENTS. */
const BUDGETS: Record<Objective, number> = {
  plannedFetches: 150,
  statements: 150,
  rows: 300_000,
  values: 200_000,
  bytes: 8 * 1024 * 1024,
};

let graph: MeasuredGraph;
let worst: Record<Objective, Candidate>;
const undercounted: string[] = [];

beforeAll(async () => {
  graph = await measuredGraph((await benchStores(STATEMENTS)).dataDir);
  worst = await searchWorst(graph, {
    seed: Number(seed),
    evaluations: Number(evaluations),
    from: Object.values(recorded).map(({ paths }) => paths),
    onMeasured: ({ query, cost, measures }) => {
      if (measures.values > cost) undercounted.push(`${measures.values} values, counted as ${cost}: ${query}`);
    },
  });
  if (isUpdate) writeFileSync(FILE, `${JSON.stringify(worst, null, 1)}\n`);
}, 3_600_000);
afterAll(() => graph?.close());

describe('of the operations that a search of the schema finds within the default limits', () => {
  it.each(OBJECTIVES)('none needs more %s than its budget', (objective) => {
    const { query, variables, measures } = worst[objective];

    expect(
      measures[objective],
      `${query.slice(0, 2000)}\n${JSON.stringify(variables).slice(0, 2000)}`,
    ).toBeLessThanOrEqual(BUDGETS[objective]);
  });

  it('none has more values in its response than its cost', () => {
    expect(undercounted).toEqual([]);
  });
});
