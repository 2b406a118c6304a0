import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningGateway } from '@dossier/gateway';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { datedStores } from '../support/datedStores.js';
import { DATED_LISTS, expectPeriods } from '../support/periods.js';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { publishFrom, startPublishedGraph } from '../support/publishedGraph.js';
import { SeededRandom } from '../support/seededRandom.js';

describe.skipIf(postgres.isMissing)('pages and counts of a period in PostgreSQL', postgres.options, () => {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-periods-'));
  let server: TestPostgres;
  let graph: RunningGateway;

  beforeAll(async () => {
    [server] = await Promise.all([startPostgres(), datedStores(folder, new SeededRandom(1))]);
    await publishFrom(folder, server.publisherUrl);
    graph = await startPublishedGraph(server.readerUrl);
  });
  afterAll(async () => {
    await graph?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(DATED_LISTS.map((list) => [list.name, list] as const))(
    'are those of the dates in it: %s',
    async (_, list) => {
      await expectPeriods(graph, list, new SeededRandom(list.name.length), 30);
    },
  );
});
