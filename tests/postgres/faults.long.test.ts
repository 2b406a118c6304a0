import { setTimeout as wait } from 'node:timers/promises';
import { PostgresPool } from '@dossier/store/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { type PostgresProxy, startPostgresProxy } from '../support/postgresProxy.js';
import { publishFrom } from '../support/publishedGraph.js';
import { sharedStores } from '../support/stores.js';
import { startTradeInPostgres, type TradeInPostgres } from '../support/tradeInPostgres.js';

const BOTH = '{ statements(first: 1) { nodes { id } } tradeFigures(first: 1) { nodes { id } } }';
/** The level of pino. */
const ERROR = 50;
const SECRET = 'hunter2-of-the-reader';
/** What must not appear anywhere. */
const ADDRESS = /postgres:|dossier-pg-|dossier_reader|127\.0\.0\.1:\d+\/dossier|hunter2/;

describe.skipIf(postgres.isMissing)('a service whose database fails', postgres.options, () => {
  let server: TestPostgres;
  let proxy: PostgresProxy;
  let graph: TradeInPostgres;

  beforeAll(async () => {
    server = await startPostgres();
    await publishFrom(sharedStores(), server.publisherUrl);
    proxy = await startPostgresProxy(server.socket);
    graph = await startTradeInPostgres({ url: proxy.urlOf(`dossier_reader:${SECRET}`), poolSize: 2 });
  });
  beforeEach(async () => {
    await expectComplete();
    graph.log.length = 0;
  });
  afterAll(async () => {
    await graph?.close();
    await proxy?.close();
    await server?.close();
  });

  const schemaOfTrade = async () => {
    const [row] = await server.query("select schema from dossier.revision where service = 'trade'");
    return (row as { schema: string }).schema;
  };

  const expectComplete = () =>
    expect.poll(async () => (await graph.ask(BOTH)).errors, { timeout: 20_000 }).toBeUndefined();

  /** Expects that only its fields are null, and that health page, metrics and log say so, without the address. */
  async function expectOnlyTradeIsNull(code: string | RegExp): Promise<void> {
    let response = await graph.ask(BOTH);
    await expect
      .poll(
        async () => {
          response = await graph.ask(BOTH);
          return response.data['tradeFigures'];
        },
        { timeout: 20_000 },
      )
      .toBeNull();
    expect(response.data['statements']).toMatchObject({ nodes: [{ id: expect.any(String) }] });
    await expect.poll(async () => (await graph.health()).body['store'], { timeout: 20_000 }).toBe('unavailable');
    response = await graph.ask(BOTH);
    expect(response.errors).toMatchObject([
      { path: ['tradeFigures'], extensions: { code: 'STORE_UNAVAILABLE', service: 'trade' } },
    ]);
    const health = await graph.health();
    expect(health.status).toBe(503);
    expect(await graph.metric('dossier_store_available')).toBe(0);
    expect(await graph.metric('dossier_store_server_available')).toBe(0);
    const reported = graph.log.filter((record) => record['code'] === 'STORE_UNAVAILABLE');
    expect(reported.length).toBeGreaterThan(0);
    expect(reported.at(-1)).toMatchObject({ store: 'trade', reason: expect.stringMatching(code) });
    expect(JSON.stringify([response, health, graph.log])).not.toMatch(ADDRESS);
  }

  /** Expects that it recovers by itself, within seconds, and says so once. */
  async function expectRecovery(): Promise<void> {
    await expectComplete();
    expect((await graph.health()).body['store']).toBe('verified');
    expect(await graph.metric('dossier_store_available')).toBe(1);
    expect(graph.log.filter(({ msg }) => msg === 'the store is available again')).toHaveLength(1);
  }

  it('has null fields while the server refuses connections, and recovers', async () => {
    proxy.mode = 'refuse';
    await server.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dossier trade'",
    );
    await expectOnlyTradeIsNull(/^(?:CONNECTION_LOST|ECONNRESET|EPIPE)$/);

    proxy.mode = 'forward';
    await expectRecovery();
  });

  it('has null fields while the server accepts connections and does not answer, and recovers', async () => {
    proxy.mode = 'silent';
    await expectOnlyTradeIsNull('TIMEOUT');

    proxy.mode = 'forward';
    await expectRecovery();
  });

  it('has null fields while the server restarts, and recovers', async () => {
    await server.stop();
    await expectOnlyTradeIsNull(/./);

    await server.start();
    await expectRecovery();
  });

  it('has null fields while the server has no free connections, and recovers', async () => {
    await server.query('alter role dossier_reader connection limit 0');
    await server.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dossier trade'",
    );
    await expectOnlyTradeIsNull('53300');

    await server.query('alter role dossier_reader connection limit -1');
    await expectRecovery();
  });

  it('reads with the connections that it has, if the server has no more', async () => {
    await server.query('alter role dossier_reader connection limit 1');
    await server.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dossier trade'",
    );
    await expectComplete();

    const responses = await Promise.all(Array.from({ length: 20 }, () => graph.ask(BOTH)));

    await server.query('alter role dossier_reader connection limit -1');
    expect(responses.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect((await graph.health()).body['store']).toBe('verified');
  });

  it('has null fields with OPERATION_TIMEOUT if a query takes longer than the server allows, and other queries are answered', async () => {
    const schema = await schemaOfTrade();
    await server.query("alter role dossier_reader set statement_timeout = '300ms'");
    await server.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dossier trade'",
    );
    await expectComplete();
    // A lock makes every read of this table wait.
    const unlock = await server.openTransaction(`lock table "${schema}".trade_figure in access exclusive mode`);
    const slow = await graph.ask('{ tradeFigures(first: 2) { nodes { id } } }');
    const others = await graph.ask('{ commodities: __typename statements(first: 1) { nodes { id } } }');
    await unlock();
    await server.query("alter role dossier_reader set statement_timeout = '5s'");
    await server.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dossier trade'",
    );

    expect(slow.errors).toMatchObject([{ path: ['tradeFigures'] }]);
    expect(JSON.stringify(slow.errors)).toMatch(/OPERATION_TIMEOUT/);
    expect(others.errors).toBeUndefined();
    expect((await graph.health()).body['store']).toBe('verified');
  });

  it.each([
    [
      'must not be read',
      '42501',
      'revoke select on TABLE from dossier_reader',
      'grant select on TABLE to dossier_reader',
    ],
    [
      'is missing',
      '42P01',
      'alter table TABLE rename to figure_party_gone',
      'alter table TABLE_gone rename to figure_party',
    ],
  ])(
    'has null fields while a table %s, says so, answers what other tables have, and recovers',
    async (_, code, breakIt, repair) => {
      const table = `"${await schemaOfTrade()}".figure_party`;
      await server.query(breakIt.replace('TABLE', table));
      const { data, errors } = await graph.ask(
        '{ tradeFigures(first: 1) { nodes { id } } actor(id: "polity:russia") { id tradeFigures(first: 1) { nodes { id } } } }',
      );

      expect(data).toMatchObject({
        tradeFigures: { nodes: [{ id: expect.any(String) }] },
        actor: { id: 'polity:russia', tradeFigures: null },
      });
      expect(errors).toMatchObject([
        { path: ['actor', 'tradeFigures'], extensions: { code: 'STORE_UNAVAILABLE', service: 'trade' } },
      ]);
      expect(await graph.health()).toMatchObject({ status: 503, body: { store: 'unavailable' } });
      expect(await graph.metric('dossier_store_available')).toBe(0);
      expect(await graph.metric('dossier_store_server_available')).toBe(1);
      expect(graph.log.filter((record) => record['level'] === ERROR)).toMatchObject([
        { store: 'trade', code: 'STORE_UNAVAILABLE', reason: code },
      ]);

      await server.query(repair.replace('TABLE', table));
      // Without a request: the query that failed is repeated.
      await expect.poll(async () => (await graph.health()).status, { timeout: 10_000 }).toBe(200);
      await expectRecovery();
    },
  );

  it('says once that the database is not available when it starts', async () => {
    const started = await startTradeInPostgres({ url: 'postgres://dossier_reader@127.0.0.1:1/dossier', poolSize: 2 });
    try {
      await expect.poll(async () => (await started.health()).status).toBe(503);
      // It tries again twice a second.
      await wait(1_200);
      expect(started.log.filter((record) => record['level'] === ERROR)).toMatchObject([
        { store: 'trade', code: 'STORE_UNAVAILABLE', reason: 'ECONNREFUSED' },
      ]);
    } finally {
      await started.close();
    }
  });

  it('cancels the query of a request that its client gave up, on the server', async () => {
    const schema = await schemaOfTrade();
    const running = async () =>
      (
        await server.query(
          "select 1 from pg_stat_activity where application_name = 'dossier trade' and state = 'active' and query like '%trade_figure%'",
        )
      ).length;
    const unlock = await server.openTransaction(`lock table "${schema}".trade_figure in access exclusive mode`);
    const client = new AbortController();
    const given = graph.ask('{ tradeFigures(first: 3) { nodes { id } } }', client.signal).catch(() => null);
    await expect.poll(running, { timeout: 10_000 }).toBe(1);

    client.abort();

    // Before the lock is released, and before the `statement_timeout` of the reader.
    await expect.poll(running, { timeout: 4_000, interval: 20 }).toBe(0);
    expect(await server.query(`select 1 from pg_locks where mode = 'AccessExclusiveLock' and granted`)).not.toEqual([]);
    await given;
    await unlock();
  });
});

describe.skipIf(postgres.isMissing)('queries that share a connection', postgres.options, () => {
  let server: TestPostgres;
  let pool: PostgresPool;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => server?.close());

  const run = (text: string, limits = {}) =>
    pool.query({ name: text.replaceAll(/\W/g, '_').slice(0, 60), text }, [], limits);

  it('are not affected by one that is slow, fails or is cancelled', async () => {
    pool = new PostgresPool({ url: server.readerUrl, size: 1, prepare: 'named', applicationName: 'test' });
    try {
      await run('select 0');
      let isAborted = false;
      const cancelled = run('select 1 from pg_sleep(30)', { isAborted: () => isAborted });
      const neighbours = Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          at % 5 === 4 ? run(`select nothing_${at}`).catch(() => 'failed') : run(`select ${at} from pg_sleep(0.01)`),
        ),
      );
      setTimeout(() => {
        isAborted = true;
      }, 300);

      await expect(cancelled).rejects.toThrow('the request ended');
      expect((await neighbours).map((rows) => (rows === 'failed' ? rows : (rows[0] as unknown[])[0]))).toEqual(
        Array.from({ length: 20 }, (_, at) => (at % 5 === 4 ? 'failed' : at)),
      );
    } finally {
      pool.close();
    }
  });

  it('are answered if the server cancels the one after the one that was meant', async () => {
    pool = new PostgresPool({ url: server.readerUrl, size: 1, prepare: 'named', applicationName: 'test' });
    try {
      await run('select 0');
      for (let round = 0; round < 8; round++) {
        const endsAt = performance.now() + 60;
        // Ends about when its cancellation arrives, 100 to 200 ms after its start.
        const brief = run(`select 1 from pg_sleep(${0.1 + round * 0.02})`, { deadline: endsAt });
        const next = Promise.all([1, 2, 3].map((at) => run(`select ${at} from pg_sleep(0.05)`)));

        // It may also have ended before its deadline was noticed.
        await brief.catch(() => {});
        expect((await next).map(([row]) => row?.[0])).toEqual([1, 2, 3]);
      }
    } finally {
      pool.close();
    }
  });

  it('are answered if the cancellation arrives when the one that was meant has ended and no other was waiting', async () => {
    const proxy = await startPostgresProxy(server.socket);
    pool = new PostgresPool({
      ...{ url: proxy.urlOf('dossier_reader'), size: 1, prepare: 'named', applicationName: 'test' },
    });
    try {
      await run('select 0');
      let forward = () => {};
      const requested = new Promise<void>((resolve) => {
        proxy.onCancel = (onward) => {
          forward = onward;
          resolve();
        };
      });
      const meant = run('select 1 from pg_sleep(1)', { deadline: performance.now() + 50 });
      await expect(meant).rejects.toThrow('the request ended');
      await requested;
      const isActive = "select 1 from pg_stat_activity where application_name = 'test' and state = 'active'";
      await expect.poll(() => server.query(isActive), { timeout: 10_000 }).toEqual([]);

      const next = run('select 2 from pg_sleep(1.5)');
      await expect.poll(() => server.query(isActive)).toHaveLength(1);
      forward();

      expect(await next).toEqual([[2]]);
    } finally {
      pool.close();
      await proxy.close();
    }
  });

  it('are answered if the server ends all connections at once', async () => {
    pool = new PostgresPool({ url: server.readerUrl, size: 4, prepare: 'named', applicationName: 'test' });
    const active =
      "select 1 from pg_stat_activity where application_name = 'test' and state = 'active' and query like '%pg_sleep(1)'";
    try {
      for (let round = 0; round < 4; round++) {
        const queries = Array.from({ length: 40 }, (_, at) => run(`select ${at} from pg_sleep(${at < 4 ? 1 : 0})`));
        await expect.poll(() => server.query(active), { interval: 5 }).not.toHaveLength(0);
        await server.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test'");

        expect((await Promise.all(queries)).map(([row]) => row?.[0])).toEqual(
          Array.from({ length: 40 }, (_, at) => at),
        );
      }
    } finally {
      pool.close();
    }
  });

  it('are answered if one ends the connection, again and again', async () => {
    pool = new PostgresPool({ url: server.readerUrl, size: 2, prepare: 'named', applicationName: 'test' });
    try {
      await run('select 0');
      const fatal = Array.from({ length: 4 }, (_, at) =>
        run(`select ${at}, pg_terminate_backend(pg_backend_pid())`).then(
          () => 'answered',
          (error: Error) => error.message,
        ),
      );
      const neighbours = Promise.all(Array.from({ length: 40 }, (_, at) => run(`select ${at}`)));

      expect((await neighbours).map(([row]) => row?.[0])).toEqual(Array.from({ length: 40 }, (_, at) => at));
      for (const message of await Promise.all(fatal))
        expect(message).toMatch(/^the PostgreSQL store is not available \(\w+\)$/);
    } finally {
      pool.close();
    }
  });

  it.each([
    ['', -1],
    [', also by a server without another connection', 2],
  ])('are answered if they are urgent, while slow ones use all connections%s', async (_, limit) => {
    pool = new PostgresPool({ url: server.readerUrl, size: 2, prepare: 'named', applicationName: 'test' });
    try {
      await Promise.all([run('select 0'), run('select 1')]);
      await server.query(`alter role dossier_reader connection limit ${limit}`);
      const order: string[] = [];
      const slow = [3, 4].map((seconds) => run(`select pg_sleep(${seconds})`).then(() => order.push('slow')));
      const active =
        "select 1 from pg_stat_activity where application_name = 'test' and query like '%pg_sleep%' and state = 'active'";
      const startedAt = performance.now();
      await expect.poll(() => server.query(active)).toHaveLength(2);
      // Then they count as slow.
      await expect.poll(() => performance.now() - startedAt, { interval: 20 }).toBeGreaterThan(150);
      const urgent = pool.query({ name: 'urgent', text: 'select 2' }, [], {}, true).then((rows) => {
        order.push('urgent');
        return rows;
      });

      expect(await urgent).toEqual([[2]]);
      await Promise.all(slow);
      if (limit < 0) expect(order).toEqual(['urgent', 'slow', 'slow']);
    } finally {
      await server.query('alter role dossier_reader connection limit -1');
      pool.close();
    }
  });

  it('are answered if rows of others are large, or the protocol is violated', async () => {
    const proxy = await startPostgresProxy(server.socket);
    pool = new PostgresPool({
      ...{ url: proxy.urlOf('dossier_reader'), size: 2, prepare: 'unnamed', applicationName: 'test' },
    });
    try {
      await run('select 0');
      const large = run("select repeat('x', 5000000)");
      const neighbours = Promise.all(Array.from({ length: 20 }, (_, at) => run(`select ${at}`)));
      // A parameter too many, a value of another type, and no statement at all.
      const invalid = await Promise.allSettled([
        pool.query({ name: 'a', text: 'select 1' }, ['1'], {}),
        pool.query({ name: 'b', text: 'select $1::int' }, ['x'], {}),
        run('\u0001'),
      ]);

      expect((await large)[0]?.[0]).toHaveLength(5_000_000);
      expect((await neighbours).map(([row]) => row?.[0])).toEqual(Array.from({ length: 20 }, (_, at) => at));
      expect(invalid.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(await run('select 7')).toEqual([[7]]);
    } finally {
      pool.close();
      await proxy.close();
    }
  });
});
