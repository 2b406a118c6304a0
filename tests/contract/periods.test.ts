import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningGateway } from '@dossier/gateway';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { datedStores } from '../support/datedStores.js';
import { DATED_LISTS, expectPeriods } from '../support/periods.js';
import { startGraphOn } from '../support/publishedGraph.js';
import { SeededRandom } from '../support/seededRandom.js';

const folder = mkdtempSync(join(tmpdir(), 'dossier-periods-'));
let graph: RunningGateway;
beforeAll(async () => {
  await datedStores(folder, new SeededRandom(1));
  graph = await startGraphOn(folder);
});
afterAll(async () => {
  await graph?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('pages and counts of a period are those of the dates in it', () => {
  it.each(DATED_LISTS.map((list) => [list.name, list] as const))('%s', async (_, list) => {
    await expectPeriods(graph, list, new SeededRandom(list.name.length), 30);
  });
});
