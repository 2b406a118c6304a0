import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodiesOf, operations } from '../bench/operations.mjs';
import { blocksAgainst, readCounts } from '../bench/postgres.mjs';
import type { Random } from '../bench/random.mjs';
import { benchStores } from '../bench/stores.mjs';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { publishFrom, startPublishedGraph } from '../support/publishedGraph.js';

const [SMALL, LARGE] = [1000, 10_000];
const REQUESTS = 100;
const OPERATIONS = ['keyset', 'page', 'deep', 'search', 'common', 'filtered'] as const;

/** A page at the end of all statements in order of time, and how many were made on a day. */
const PERIODS = {
  latePeriod: {
    query:
      'query ($day: Date!, $first: Int!) { statements(filter: { from: $day }, orderBy: SAID_ON, first: $first) { nodes { id } } }',
    variables: (random: Random) => ({ day: `2022-12-${10 + random.below(10)}`, first: 1 + random.below(2) }),
  },
  dayCount: {
    query: 'query ($day: Date!) { statements(filter: { from: $day, until: $day }, first: 0) { totalCount } }',
    variables: (random: Random) => ({ day: `20${10 + random.below(13)}-12-${10 + random.below(10)}` }),
  },
};
const NAMES = [...OPERATIONS, ...(Object.keys(PERIODS) as (keyof typeof PERIODS)[])];

type Counts = Awaited<ReturnType<typeof readCounts>>;

describe.skipIf(postgres.isMissing)('pages of a larger store in PostgreSQL', postgres.options, () => {
  let server: TestPostgres;

  beforeAll(async () => {
    server = await startPostgres({
      shared_preload_libraries: 'pg_stat_statements',
      plan_cache_mode: 'force_generic_plan',
    });
    await server.query('create extension pg_stat_statements');
  });
  afterAll(() => server?.close());

  /** Publishes the store of a size, and counts what each operation reads. */
  async function countsAt(size: number): Promise<Counts[]> {
    await publishFrom((await benchStores(size)).dataDir, server.publisherUrl);
    const graph = await startPublishedGraph(server.readerUrl);
    const counts: Counts[] = [];
    const all = { ...operations(size), ...PERIODS };
    for (const name of NAMES) {
      await server.query('select pg_stat_statements_reset()');
      for (const body of bodiesOf(all[name], 0, REQUESTS)) {
        const { errors } = await graph.execute(JSON.parse(body));
        expect(errors).toBeUndefined();
      }
      counts.push(await readCounts(server.query));
    }
    await graph.close();
    return counts;
  }

  it('read at most one and a half times as many blocks for the same queries and rows', async () => {
    const small = await countsAt(SMALL);
    const large = await countsAt(LARGE);

    for (const [index, name] of NAMES.entries()) {
      const ratio = blocksAgainst(large[index] as Counts, small[index] as Counts);
      expect(ratio, name).toBeGreaterThan(0.5);
      expect(ratio, name).toBeLessThan(1.5);
    }
  });
});
