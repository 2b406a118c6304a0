import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { checkDatabase, publishToDatabase } from '@dossier/cli';
import type { RunningGateway } from '@dossier/gateway';
import { PostgresPool } from '@dossier/store/postgres';
import type { SubgraphDefinition } from '@dossier/subgraph-server';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { startPostgresProxy } from '../support/postgresProxy.js';
import { run } from '../support/processes.js';
import { publishFrom, startPublishedGraph } from '../support/publishedGraph.js';
import { SERVICES } from '../support/services.js';
import { sharedStores } from '../support/stores.js';

const folder = mkdtempSync(join(tmpdir(), 'dossier-switch-'));

/** A copy of the stores in which the service trade has another revision. */
function otherStores(revision: string): string {
  const copy = join(folder, revision);
  cpSync(sharedStores(), copy, { recursive: true });
  const db = new Database(join(copy, 'trade.sqlite'));
  db.prepare('update store set revision = ?').run(revision);
  db.prepare("update trade_figure set note = 'changed'").run();
  db.close();
  return copy;
}

const NOTES = '{ tradeFigures(first: 3) { nodes { id note } } }';
const BOTH = '{ statements(first: 1) { nodes { id } } tradeFigures(first: 1) { nodes { id } } }';

describe.skipIf(postgres.isMissing)('a store in PostgreSQL', postgres.options, () => {
  let server: TestPostgres;
  let graph: RunningGateway | undefined;
  beforeAll(async () => {
    server = await startPostgres();
    await publishFrom(sharedStores(), server.publisherUrl);
  });
  afterEach(async () => {
    await graph?.close();
    graph = undefined;
  });
  afterAll(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async () => {
    graph = await startPublishedGraph(server.readerUrl, { reloadMs: 100 });
    return graph;
  };
  const config = () => ({
    STORE_URL: server.publisherUrl,
    STORE_URL_FILE: null,
    STORE_READ_URLS: null,
    STORE_READ_URLS_FILE: null,
    STORE_POOL: 1,
    STORE_PREPARE: 'named' as const,
    STORE_GRACE_MS: 0,
    DATA_DIR: sharedStores(),
  });
  const schemas = async () =>
    (await server.query("select nspname from pg_namespace where nspname like 'dossier\\_%' order by 1")).length;

  it('is not published again if it is the same', async () => {
    const again = await publishFrom(sharedStores(), server.publisherUrl);

    expect(again.map(({ result }) => result)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(await schemas()).toBe(4);
  });

  it('is switched to without an error, and the replaced one is dropped after the grace period', async () => {
    const running = await start();

    await publishFrom(otherStores('0123456789abcdef'), server.publisherUrl);

    await expect
      .poll(async () => JSON.stringify((await running.execute({ query: NOTES })).data), { timeout: 20_000 })
      .toContain('changed');
    expect(await schemas()).toBe(5);
    await publishFrom(sharedStores(), server.publisherUrl, { graceMs: 0 });
    expect(await schemas()).toBe(4);
    await expect
      .poll(async () => JSON.stringify((await running.execute({ query: NOTES })).data), { timeout: 20_000 })
      .not.toContain('changed');
  });

  it('keeps what it replaces for the grace period from the switch on, however long copying takes', async () => {
    let copiedAt = 0;

    await publishFrom(sharedStores(), server.publisherUrl, {
      force: true,
      onProgress: ({ step }) => {
        if (step === 'indexes') copiedAt = Date.now();
      },
    });

    const retired = (await server.query('select since from dossier.retired')) as { since: Date }[];
    expect(retired).toHaveLength(4);
    for (const { since } of retired) expect(since.getTime()).toBeGreaterThanOrEqual(copiedAt);
    await publishFrom(sharedStores(), server.publisherUrl, { graceMs: 0 });
  });

  it('that cannot be reached only nulls the fields of its service, and recovers by itself', async () => {
    const running = await start();
    expect((await running.execute({ query: BOTH })).errors).toBeUndefined();

    await server.stop();
    const down = await running.execute({ query: BOTH });
    const health = await (await fetch(`${running.url}health`)).json();
    await server.start();

    expect(down.data).toEqual({ statements: null, tradeFigures: null });
    expect(down.errors?.map(({ extensions }) => extensions?.['code'])).toEqual([
      'STORE_UNAVAILABLE',
      'STORE_UNAVAILABLE',
    ]);
    expect(JSON.stringify(down)).not.toMatch(/dossier-pg-|dossier_reader|ENOENT|ECONNREFUSED/);
    expect(health).toMatchObject({ store: 'unavailable' });
    await expect.poll(async () => (await running.execute({ query: BOTH })).errors, { timeout: 20_000 }).toBeUndefined();
  });

  it('that is down at the start is opened when it can be', async () => {
    await server.stop();
    const running = await start();
    const down = await running.execute({ query: BOTH });
    await server.start();

    expect(down.data).toEqual({ statements: null, tradeFigures: null });
    await expect.poll(async () => (await running.execute({ query: BOTH })).errors, { timeout: 20_000 }).toBeUndefined();
  });

  it('is published and checked by commands, which never print its address', async () => {
    const printed: string[] = [];
    const definitions = Object.values(SERVICES).map(({ definition }) => definition as SubgraphDefinition<object>);

    await publishToDatabase(definitions, config(), { force: false, print: (text) => printed.push(text) });
    const found = await checkDatabase(definitions, { ...config(), STORE_URL: server.readerUrl });
    const unreachable = await checkDatabase(definitions, {
      ...config(),
      STORE_URL: 'postgres://reader@127.0.0.1:1/houses',
    });

    expect(printed).toHaveLength(4);
    expect(printed.every((line) => /^[a-z]+: (published|unchanged), revision [0-9a-f]{16}$/.test(line))).toBe(true);
    // Of the store of each service, and of the role.
    expect(found.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'ok'));
    expect(unreachable.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'failed'));
    expect(unreachable[0]?.message).toContain('(ECONNREFUSED)');
    expect(JSON.stringify([printed, found, unreachable])).not.toMatch(/postgres:|houses|dossier-pg-|127\.0\.0\.1/);
  });

  it('is not what it should be for doctor if the role may not read one of its tables', async () => {
    const [row] = (await server.query("select schema from dossier.revision where service = 'trade'")) as {
      schema: string;
    }[];
    await server.query(`revoke select on "${row?.schema}".figure_party from dossier_reader`);
    const [finding] = await checkDatabase([SERVICES.trade.definition as SubgraphDefinition<object>], {
      ...config(),
      STORE_URL: server.readerUrl,
    });
    await server.query(`grant select on "${row?.schema}".figure_party to dossier_reader`);

    expect(finding).toMatchObject({ part: 'database trade', outcome: 'failed' });
    expect(finding?.message).toContain('(42501); check STORE_URL, the server and the permissions of the role.');
  });

  it('needs neither files nor seeds where it is only read', async () => {
    const { status, stdout } = await run('services/trade/dist/main.js', ['doctor', '--json'], {
      ...{ STORE_URL: server.readerUrl, PORT: '0' },
      ...{ DATA_DIR: join(folder, 'no-stores'), SEEDS_DIR: join(folder, 'no-seeds') },
    });

    const { findings } = JSON.parse(stdout) as { findings: { part: string; outcome: string }[] };
    const outcomes = findings.map(({ part, outcome }) => `${part}: ${outcome}`);
    expect([status, outcomes]).toEqual([0, expect.arrayContaining(['store trade: skipped', 'database trade: ok'])]);
  });

  it('is read-only for its reader', async () => {
    await expect(publishFrom(sharedStores(), server.readerUrl, { force: true })).rejects.toThrow(
      /^Publishing failed \(25006\): the server is a standby, or the role may only read/,
    );
  });

  it('is not published to a database that cannot have all texts', async () => {
    await server.query("create database latin template template0 encoding 'LATIN1' locale_provider libc locale 'C'");

    await expect(publishFrom(sharedStores(), server.publisherUrl.replace(/dossier$/, 'latin'))).rejects.toThrow(
      'Publishing failed: the encoding of the database is LATIN1; expected UTF8. Nothing was changed.',
    );
  });

  it('is published by several at once, whatever the defaults of the role are', async () => {
    await server.query("alter role dossier_publisher set default_transaction_isolation = 'repeatable read'");
    await server.query("alter role dossier_publisher set statement_timeout = '1s'");
    // A publisher that takes longer than that.
    const other = await server.openTransaction("select pg_advisory_xact_lock(1146049363, hashtext('trade'))");
    const publishing = Promise.all(
      [1, 2, 3].map(() => publishFrom(sharedStores(), server.publisherUrl, { force: true, graceMs: 0 })),
    );
    await Promise.all([publishing, wait(1_500).then(other)]);
    await server.query('alter role dossier_publisher reset all');

    expect((await publishing).flat().map(({ result }) => result)).toEqual(
      Array.from({ length: 12 }, () => 'published'),
    );
    await publishFrom(sharedStores(), server.publisherUrl, { graceMs: 0 });
    expect(await schemas()).toBe(4);
  });

  it.each([
    ['create schema', 0, 'The stores that are served were not changed.'],
    ['commit', 0, 'It is not known whether the new stores are served; publish them again.'],
    ['delete from dossier.retired', 4, 'The new stores are served; the next "publish" drops those that they replaced.'],
  ])('is what the error of a publisher says that loses its connection at "%s"', async (statement, count, effect) => {
    await publishFrom(sharedStores(), server.publisherUrl, { graceMs: 0 });
    const before = await server.query('select schema from dossier.revision order by service');
    const proxy = await startPostgresProxy(server.socket);
    proxy.onQuery = (sql) => sql.startsWith(statement);

    const publishing = publishFrom(sharedStores(), proxy.urlOf('dossier_publisher'), { force: true, graceMs: 0 });

    await expect(publishing).rejects.toThrow(effect);
    const after = await server.query('select schema from dossier.revision order by service');
    expect(after.filter((row, at) => JSON.stringify(row) !== JSON.stringify(before[at]))).toHaveLength(count);
    await proxy.close();
  });

  it('is not changed by a publisher that loses its connection', async () => {
    const before = await schemas();
    let terminated: Promise<unknown> | undefined;

    const publishing = publishFrom(sharedStores(), server.publisherUrl, {
      force: true,
      onProgress: () => {
        terminated ??= server.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dossier publish'",
        );
      },
    });

    await expect(publishing).rejects.toThrow(/^Publishing failed/);
    await terminated;
    expect(await schemas()).toBe(before);
  });

  it('runs a query that follows a slow one on another connection', async () => {
    const pool = new PostgresPool({ url: server.readerUrl, size: 2, prepare: 'named', applicationName: 'test' });
    const run = (name: string, text: string) => pool.query({ name, text }, []);
    try {
      const slow = Promise.all([run('slow', 'select 1 from pg_sleep(3)'), run('slow2', 'select 2 from pg_sleep(0)')]);
      const quick = await Promise.all(Array.from({ length: 8 }, (_, at) => run(`quick${at}`, `select ${at}`)));
      const failed = await Promise.allSettled([run('bad', 'select nothing'), run('good', 'select 7')]);

      expect(quick.map(([row]) => row?.[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(failed.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
      expect((await slow).length).toBe(2);
    } finally {
      pool.close();
    }
  });
});
