import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processSettings } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { publishTrade } from '../support/publishedGraph.js';
import { revisionOf, tradeWithNotes } from '../support/revisions.js';
import { startTradeInPostgres, type TradeInPostgres } from '../support/tradeInPostgres.js';

const REVISIONS = 20;
const MAX_MS = 2_000;

const folder = mkdtempSync(join(tmpdir(), 'dossier-switch-time-'));

describe.skipIf(postgres.isMissing)('a new revision', postgres.options, () => {
  let server: TestPostgres;
  let graph: TradeInPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await graph?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`is read within ${MAX_MS} ms, with the default settings and without a request: ${REVISIONS} times`, async () => {
    await publishTrade(tradeWithNotes(folder, revisionOf(0)), server.publisherUrl);
    graph = await startTradeInPostgres({ url: server.readerUrl }, ['trade'], Number(processSettings.RELOAD_MS.default));
    const took: number[] = [];
    for (let number = 1; number <= REVISIONS; number++) {
      const revision = revisionOf(number);
      await publishTrade(tradeWithNotes(folder, revision), server.publisherUrl);
      const reloaded = () =>
        graph.log.find((record) => record['msg'] === 'reloaded' && record['revision'] === revision);
      await expect.poll(reloaded, { timeout: 20_000 }).toBeDefined();
      // A few milliseconds before the transaction is committed.
      const [row] = (await server.query(
        "select extract(epoch from since) * 1000 as since from dossier.revision where service = 'trade'",
      )) as { since: string }[];
      took.push(Number(reloaded()?.['time']) - Number(row?.since));
    }

    took.sort((a, b) => a - b);
    const at = (share: number) => Math.round(took[Math.floor((took.length - 1) * share)] ?? 0);
    console.info(`ms until the new revision was read: median ${at(0.5)}, longest ${at(1)}`);
    expect(at(1)).toBeLessThan(MAX_MS);
  }, 300_000);
});
