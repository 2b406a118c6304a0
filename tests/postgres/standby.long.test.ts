import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDatabase } from '@dossier/cli';
import { PostgresServers } from '@dossier/store/postgres';
import type { SubgraphDefinition } from '@dossier/subgraph-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { postgres, startPostgres, type TestPostgres, type TestServer } from '../support/postgres.js';
import { startPostgresProxy } from '../support/postgresProxy.js';
import { publishFrom } from '../support/publishedGraph.js';
import { storesWithNotes } from '../support/revisions.js';
import { SERVICES } from '../support/services.js';
import { startTradeInPostgres, type TradeInPostgres } from '../support/tradeInPostgres.js';

const NOTES = '{ tradeFigures(first: 2) { nodes { note } } }';
const AVAILABLE = 'dossier_store_server_available{store="trade",server="standby 1"';
const folder = mkdtempSync(join(tmpdir(), 'dossier-standby-'));

describe.skipIf(postgres.isMissing)('a service with a standby', postgres.options, () => {
  let primary: TestPostgres;
  let standby: TestServer;
  let graph: TradeInPostgres | undefined;
  beforeAll(async () => {
    primary = await startPostgres({ max_standby_streaming_delay: '0' });
    await publish('aaaaaaaaaaaaaaa0');
    standby = await primary.startStandby({ max_standby_streaming_delay: '0' });
  });
  afterEach(async () => {
    await graph?.close();
    graph = undefined;
  });
  afterAll(async () => {
    await primary?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (readUrls = [standby.readerUrl]) => {
    graph = await startTradeInPostgres({ url: primary.readerUrl, readUrls, poolSize: 2 });
    return graph;
  };
  const publish = (revision: string) => publishFrom(storesWithNotes(folder, revision), primary.publisherUrl);
  const noteOf = async (running: TradeInPostgres): Promise<string> => {
    const { data, errors } = (await running.ask(NOTES)) as {
      data: { tradeFigures: { nodes: { note: string | null }[] } };
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    const notes = new Set(data.tradeFigures.nodes.map(({ note }) => note));
    expect(notes.size).toBe(1);
    return [...notes].join();
  };
  const expectNote = (running: TradeInPostgres, note: string) =>
    expect.poll(() => noteOf(running), { timeout: 10_000, interval: 50 }).toBe(note);
  const connectionsTo = async (server: TestServer) =>
    (await server.query("select 1 from pg_stat_activity where application_name = 'dossier trade'")).length;

  it('reads from it only, and switches when it has the new revision', async () => {
    const running = await start();
    await noteOf(running);
    expect([await connectionsTo(primary), (await connectionsTo(standby)) > 0]).toEqual([0, true]);

    await standby.query('select pg_wal_replay_pause()');
    await publish('aaaaaaaaaaaaaaa1');
    const before = await noteOf(running);
    await standby.query('select pg_wal_replay_resume()');
    await expectNote(running, 'aaaaaaaaaaaaaaa1');

    expect(before).not.toBe('aaaaaaaaaaaaaaa1');
    expect(await connectionsTo(primary)).toBe(0);
  });

  it('looks for a new revision by itself, and switches the first time that the row is there', async () => {
    const proxy = await startPostgresProxy(standby.socket);
    let looks = 0;
    proxy.onQuery = (sql) => {
      if (sql.includes('from dossier.revision')) looks++;
      return false;
    };
    graph = await startTradeInPostgres({
      ...{ url: primary.readerUrl, readUrls: [proxy.urlOf('dossier_reader')], prepare: 'unnamed', poolSize: 1 },
    });
    const reloaded = () => graph?.log.find(({ msg }) => msg === 'reloaded');
    try {
      // Without a request.
      const before = looks;
      await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(before + 1);

      await standby.query('select pg_wal_replay_pause()');
      await publish('aaaaaaaaaaaaaab1');
      const behind = looks;
      await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(behind + 1);
      expect(reloaded()).toBeUndefined();
      await standby.query('select pg_wal_replay_resume()');
      const row = "select 1 from dossier.revision where revision = 'aaaaaaaaaaaaaab1'";
      await expect.poll(() => standby.query(row), { timeout: 10_000, interval: 10 }).toHaveLength(1);
      const visible = looks;
      await expect.poll(reloaded, { timeout: 10_000, interval: 10 }).toMatchObject({ revision: 'aaaaaaaaaaaaaab1' });

      // One may have been sent before the row was visible; another may follow before this test sees the log.
      expect(looks - visible).toBeLessThanOrEqual(3);
    } finally {
      await graph.close();
      graph = undefined;
      await proxy.close();
    }
  });

  it('reads from the primary while it is down, and from it again afterwards, without an error', async () => {
    const running = await start();
    await noteOf(running);

    await standby.stop();
    for (let count = 0; count < 20; count++) await noteOf(running);
    expect(await running.metric(AVAILABLE)).toBe(0);
    expect(await running.metric('dossier_store_available')).toBe(1);
    expect((await running.health()).body['store']).toBe('verified');
    await standby.start();
    await expect
      .poll(async () => [await noteOf(running), await connectionsTo(standby)][1], { timeout: 10_000 })
      .toBeGreaterThan(0);

    expect(await running.metric(AVAILABLE)).toBe(1);
    expect(running.log).toContainEqual(
      expect.objectContaining({ server: 'standby 1', msg: 'a server of the store is not available; others are read' }),
    );
  });

  it('never goes back to the older revision of a standby that is behind', async () => {
    await publish('aaaaaaaaaaaaaaa2');
    // It applies no commit that is less than an hour old.
    const delayed = await primary.startStandby({ recovery_min_apply_delay: '1h' });
    await publish('aaaaaaaaaaaaaaa3');
    await delayed.stop();
    const running = await start([delayed.readerUrl]);
    expect(await noteOf(running)).toBe('aaaaaaaaaaaaaaa3');

    await delayed.start();
    await expect.poll(() => running.metric(AVAILABLE), { timeout: 10_000 }).toBe(1);
    const notes = new Set<string>();
    for (let count = 0; count < 30; count++) notes.add(await noteOf(running));

    expect([...notes]).toEqual(['aaaaaaaaaaaaaaa3']);
    expect(
      await running.metric('dossier_store_repeated_queries_total{store="trade",server="standby 1",code="42P01"'),
    ).toBeGreaterThan(0);
    await delayed.stop();
  });

  it('starts although a standby has only the tables of another version yet', async () => {
    await primary.query("update dossier.revision set structure = 'of another version' where service = 'trade'");
    const delayed = await primary.startStandby({ recovery_min_apply_delay: '1h' });
    await publish('aaaaaaaaaaaaaaa4');

    const running = await start([delayed.readerUrl]);

    expect(await noteOf(running)).toBe('aaaaaaaaaaaaaaa4');
    await delayed.stop();
  });

  it('repeats a query on the primary that a standby cancels because of what it replays', async () => {
    const [{ written }] = (await primary.query('select pg_current_wal_lsn()::text as written')) as [
      { written: string },
    ];
    await expect
      .poll(() => standby.query(`select pg_last_wal_replay_lsn() >= '${written}' as "hasAll"`), { timeout: 20_000 })
      .toEqual([{ hasAll: true }]);
    const repeated: string[] = [];
    const servers = new PostgresServers({
      url: primary.readerUrl,
      readUrls: [standby.readerUrl],
      poolSize: 1,
      applicationName: 'conflict',
      onRepeat: (server, code) => void repeated.push(`${server} ${code}`),
    });
    try {
      await servers.query({ name: 'one', text: 'select 1' }, []);
      const rows = servers.query(
        { name: 'slow', text: 'select service, pg_sleep(2) from dossier.revision limit 1' },
        [],
      );
      await expect
        .poll(
          () =>
            standby.query(
              "select 1 from pg_stat_activity where query like '%pg_sleep(2)%' and state = 'active' and pid <> pg_backend_pid()",
            ),
          { timeout: 10_000 },
        )
        .toHaveLength(1);
      await primary.query('begin; lock table dossier.revision in access exclusive mode; commit');

      expect(await rows).toHaveLength(1);
      expect(repeated).toEqual(['standby 1 40001']);
    } finally {
      servers.close();
    }
  });

  it('is checked by the doctor, each server on its own and without its address', async () => {
    const trade = SERVICES.trade.definition as SubgraphDefinition<object>;
    const config = {
      STORE_URL: primary.readerUrl,
      STORE_URL_FILE: null,
      STORE_READ_URLS: [standby.readerUrl, 'postgres://reader@127.0.0.1:1/houses'],
      STORE_READ_URLS_FILE: null,
      STORE_POOL: 1,
      STORE_PREPARE: 'named' as const,
      STORE_GRACE_MS: 0,
      DATA_DIR: join(folder, 'aaaaaaaaaaaaaaa5'),
    };
    await publish('aaaaaaaaaaaaaaa5');
    const current = async () =>
      (await checkDatabase([trade], config)).map(({ part, outcome }) => `${part}: ${outcome}`);
    await expect
      .poll(current, { timeout: 10_000 })
      .toEqual([
        'database trade: ok',
        'database trade, standby 1: ok',
        'database trade, standby 2: failed',
        'database role: ok',
        'database role, standby 1: ok',
        'database role, standby 2: failed',
      ]);

    await standby.query('select pg_wal_replay_pause()');
    await publish('aaaaaaaaaaaaaaa6');
    const findings = await checkDatabase([trade], config);
    await standby.query('select pg_wal_replay_resume()');

    expect(findings[1]).toEqual({
      part: 'database trade, standby 1',
      outcome: 'failed',
      message: 'It has revision aaaaaaaaaaaaaaa5, expected aaaaaaaaaaaaaaa6; replication is behind or has stopped.',
    });
    expect(JSON.stringify(findings)).not.toMatch(/postgres:|houses|dossier-pg-|127\.0\.0\.1/);

    await primary.query('alter role dossier_reader set enable_sort = on');
    await primary.query('alter role dossier_reader set statement_timeout = 0');
    const withOther = await checkDatabase([trade], config);
    const asPublisher = await checkDatabase([trade], {
      ...config,
      STORE_URL: primary.publisherUrl,
      STORE_READ_URLS: [],
    });
    await primary.query('alter role dossier_reader set enable_sort = off');
    await primary.query("alter role dossier_reader set statement_timeout = '5s'");

    expect(withOther[3]).toEqual({
      part: 'database role',
      outcome: 'failed',
      message:
        'Queries may be slow, or not end: settings of the role differ from deploy/postgresql/roles.sql (enable_sort, statement_timeout); use "alter role".',
    });
    expect(asPublisher[1]).toMatchObject({ part: 'database role', outcome: 'skipped' });
  });
});
