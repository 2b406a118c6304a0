import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { publishStore } from '@dossier/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nginx } from '../support/nginx.js';
import { createTempFolder, removeFolder, run, waitFor } from '../support/processes.js';
import { revisionOf, tradeWithNotes } from '../support/revisions.js';
import { SERVICES } from '../support/services.js';
import { copyOfStores } from '../support/stores.js';
import { type Cluster, startCluster } from './cluster.js';

const folder = createTempFolder();
const artifacts = join(folder, 'artifacts');
const CLIENTS = 4;
/** The programs that differ from those on a database: services with a file each. */
const PROGRAMS = ['gateway 1', 'trade 1', 'trade 2', 'statements 1', 'statements 2'];

describe.skipIf(nginx.isMissing)('two of each program, each service with a file that it fetches', nginx.options, () => {
  let cluster: Cluster;
  const folderOf = (replica: number) => join(folder, `replica-${replica}`);

  beforeAll(async () => {
    for (const replica of [1, 2]) copyOfStores(folderOf(replica));
    await publish(1);
    for (const replica of [1, 2]) await fetchRevision(1, replica);
    cluster = await startCluster((_, replica) => ({ DATA_DIR: folderOf(replica), STALE_STORE: 'serve' }));
    await expectNote(1);
    cluster.counts();
  });
  afterAll(async () => {
    await cluster?.close();
    removeFolder(folder);
  });

  async function publish(number: number): Promise<void> {
    const from = join(folder, 'built', String(number));
    mkdirSync(from, { recursive: true });
    copyFileSync(tradeWithNotes(folder, revisionOf(number)), join(from, 'trade.sqlite'));
    const { migrations } = SERVICES.trade.definition;
    await publishStore({ from: join(from, 'trade.sqlite'), folder: artifacts, service: 'trade', migrations });
  }
  async function fetchRevision(number: number, replica: number): Promise<void> {
    const { status, stderr } = await run('services/trade/dist/main.js', ['fetch', artifacts, revisionOf(number)], {
      DATA_DIR: folderOf(replica),
    });
    expect(status, stderr).toBe(0);
  }
  const expectNote = (number: number) => waitFor(`revision ${number}`, () => cluster.note() === revisionOf(number), 15);
  function expectNoneLost(): void {
    const { partial, lost, mixed, complete } = cluster.counts();
    expect({ partial, lost, mixed }).toEqual({ partial: [], lost: [], mixed: [] });
    expect(complete).toBeGreaterThan(0);
  }

  it('loses no request and mixes no revisions while the replicas fetch a revision one after the other', async () => {
    await publish(2);
    for (const replica of [1, 2]) {
      await fetchRevision(2, replica);
      await cluster.served(20);
    }
    await expectNote(2);
    expectNoneLost();
  });

  it('loses no request while each program is replaced in turn', async () => {
    for (const name of PROGRAMS) {
      expect(await cluster.restart(name)).toBe(0);
      await cluster.served(CLIENTS);
    }
    expectNoneLost();
  });

  it('loses at most the requests in flight at a process that is killed, and mixes no revisions', async () => {
    for (const name of PROGRAMS) {
      await cluster.kill(name);
      const { partial, lost, mixed } = cluster.counts();
      expect(mixed, name).toEqual([]);
      expect(partial.length + lost.length, `${name}: ${[...partial, ...lost].join()}`).toBeLessThanOrEqual(CLIENTS);
    }
  });
});
