import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nginx } from '../support/nginx.js';
import { postgres, startPostgres, type TestPostgres, type TestServer } from '../support/postgres.js';
import { createTempFolder, removeFolder, waitFor } from '../support/processes.js';
import { publishFrom, publishTrade } from '../support/publishedGraph.js';
import { revisionOf, storesWithNotes, tradeWithNotes } from '../support/revisions.js';
import { type Cluster, startCluster } from './cluster.js';

const folder = createTempFolder();
const need = postgres.isMissing ? postgres : nginx;

/** Clients that may have a request at a process when it is killed. */
const CLIENTS = 4;

describe.skipIf(need.isMissing)('two of each program on a database with a standby', need.options, () => {
  let primary: TestPostgres;
  let standby: TestServer;
  let cluster: Cluster;

  beforeAll(async () => {
    primary = await startPostgres();
    // Every note is that of a revision from the start: figures of the real seeds have different ones.
    await publishFrom(storesWithNotes(folder, revisionOf(1)), primary.publisherUrl);
    standby = await primary.startStandby();
    cluster = await startCluster(() => ({
      STORE_URL: primary.readerUrl,
      STORE_READ_URLS: standby.readerUrl,
      STORE_POOL: '2',
    }));
    await expectNote(1);
    cluster.counts();
  });
  afterAll(async () => {
    await cluster?.close();
    await primary?.close();
    removeFolder(folder);
  });

  const publish = (number: number, server: TestServer) =>
    publishTrade(tradeWithNotes(folder, revisionOf(number)), server.urlOf('dossier_publisher'));
  const expectNote = (number: number) => waitFor(`revision ${number}`, () => cluster.note() === revisionOf(number), 15);
  /** Expects that every request had a complete response, of one revision. */
  function expectNoneLost(): void {
    const { partial, lost, mixed, complete } = cluster.counts();
    expect({ partial, lost, mixed }).toEqual({ partial: [], lost: [], mixed: [] });
    expect(complete).toBeGreaterThan(0);
  }

  it('loses no request while each program is replaced, first one of each and then the other', async () => {
    for (const replica of ['1', '2']) {
      const names = cluster.names.filter((name) => name.endsWith(replica));
      // Two at a time, as a machine with two cores starts them.
      for (let at = 0; at < names.length; at += 2) {
        expect(new Set(await Promise.all(names.slice(at, at + 2).map(cluster.restart)))).toEqual(new Set([0]));
        await cluster.served(CLIENTS);
      }
    }
    expectNoneLost();
  });

  it('loses no request and mixes no revisions while revisions are published', async () => {
    for (const number of [2, 3, 4]) {
      await publish(number, primary);
      await expectNote(number);
      await cluster.served(20);
    }
    expectNoneLost();
  });

  it('loses at most the requests in flight at a process that is killed, and mixes no revisions', async () => {
    for (const name of cluster.names) {
      await cluster.kill(name);
      const { partial, lost, mixed } = cluster.counts();
      expect(mixed, name).toEqual([]);
      expect(partial.length + lost.length, `${name}: ${[...partial, ...lost].join()}`).toBeLessThanOrEqual(CLIENTS);
    }
  });

  it('loses no request while the primary stops, the standby is promoted, and a revision is published there', async () => {
    await cluster.served(CLIENTS);
    cluster.counts();
    await primary.stop('SIGINT');
    await cluster.served(20);
    await standby.query('select pg_promote()');
    await cluster.served(20);
    await publish(5, standby);
    await expectNote(5);

    expectNoneLost();
  });
});
