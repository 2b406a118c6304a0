import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodiesOf, operations } from '../bench/operations.mjs';
import { blocksAgainst, readCounts } from '../bench/postgres.mjs';
import { benchStores } from '../bench/stores.mjs';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { publishFrom, startPublishedGraph } from '../support/publishedGraph.js';

const [SMALL, LARGE] = [1000, 10_000];
const REQUESTS = 100;
const OPERATIONS = ['keyset', 'page', 'deep', 'search', 'common', 'filtered'] as const;

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
    for (const name of OPERATIONS) {
      await server.query('select pg_stat_statements_reset()');
      for (const body of bodiesOf(operations(size)[name], 0, REQUESTS)) {
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

    for (const [index, name] of OPERATIONS.entries()) {
      const ratio = blocksAgainst(large[index] as Counts, small[index] as Counts);
      expect(ratio, name).toBeGreaterThan(0.5);
      expect(ratio, name).toBeLessThan(1.5);
    }
  });
});
