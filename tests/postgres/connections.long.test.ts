import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { workspaceRoot } from '@dossier/config';
import type { RunningGateway } from '@dossier/gateway';
import { PostgresPool } from '@dossier/store/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openssl, ordinaryUser } from '../support/needs.js';
import { postgres, startPostgres, type TestPostgres } from '../support/postgres.js';
import { freePort, waitFor } from '../support/processes.js';
import { publishFrom, startPublishedGraph } from '../support/publishedGraph.js';
import { sharedStores } from '../support/stores.js';

const GOLDEN = join(workspaceRoot(), 'tests/golden');
const goldens = readdirSync(GOLDEN).filter((file) => file.endsWith('.graphql'));
const PASSWORD = 'hunter2-of-ruritania';

const folder = mkdtempSync(join(tmpdir(), 'dossier-connections-'));
const inFolder = (name: string) => join(folder, name);
/** Gives the folder and its files to the user that servers run as. */
function own(): void {
  const { uid, gid } = ordinaryUser as { uid?: number; gid?: number };
  if (uid === undefined || gid === undefined) return;
  for (const path of ['', ...readdirSync(folder)]) chownSync(inFolder(path), uid, gid);
}
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function expectGolden(graph: RunningGateway): Promise<void> {
  for (const name of goldens) {
    const query = readFileSync(join(GOLDEN, name), 'utf8');
    const expected = JSON.parse(readFileSync(join(GOLDEN, name.replace('.graphql', '.json')), 'utf8'));
    expect(JSON.parse(JSON.stringify(await graph.execute({ query }))), name).toEqual(expected);
  }
}

const need = postgres.isMissing ? postgres : openssl;

describe.skipIf(need.isMissing)('a database that accepts TLS and passwords only', need.options, () => {
  let server: TestPostgres;
  let port: number;
  const urlOf = (role: string, host: string, parameters: Record<string, string>) =>
    `postgres://${role}:${PASSWORD}@${host}:${port}/dossier?${new URLSearchParams(parameters)}`;
  const verified = () => ({ sslmode: 'verify-full', sslrootcert: inFolder('ca.pem') });

  beforeAll(async () => {
    port = await freePort();
    // Its certificate is for the address, not for the name.
    for (const [name, subject] of [
      ['ca', 'ruritania.invalid'],
      ['other', 'strelsau.invalid'],
    ])
      execFileSync(
        'openssl',
        [
          ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' '),
          ...['-subj', `/CN=${subject}`, '-addext', 'subjectAltName=IP:127.0.0.1'],
          ...['-keyout', inFolder(`${name}.key`), '-out', inFolder(`${name}.pem`)],
        ],
        { stdio: 'pipe' },
      );
    writeFileSync(inFolder('hba.conf'), 'local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n');
    chmodSync(inFolder('ca.key'), 0o600);
    own();
    server = await startPostgres({
      ...{ listen_addresses: '127.0.0.1', port: String(port), hba_file: inFolder('hba.conf') },
      ...{ ssl: 'on', ssl_cert_file: inFolder('ca.pem'), ssl_key_file: inFolder('ca.key') },
    });
    for (const role of ['dossier_reader', 'dossier_publisher'])
      await server.query(`alter role ${role} password '${PASSWORD}'`);
  });
  afterAll(async () => server?.close());

  it('is published to and read from with its authority, and queries are cancelled there', async () => {
    await publishFrom(sharedStores(), urlOf('dossier_publisher', '127.0.0.1', verified()));
    const url = urlOf('dossier_reader', '127.0.0.1', verified());
    const graph = await startPublishedGraph(url);
    const pool = new PostgresPool({ url, size: 1, prepare: 'named', applicationName: 'cancelled' });
    try {
      await expectGolden(graph);
      const encrypted = await server.query(
        "select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name like 'dossier%'",
      );
      expect(encrypted).toEqual([{ ssl: true }]);

      let isAborted = false;
      const slow = pool.query({ name: 'slow', text: 'select 1 from pg_sleep(4)' }, [], { isAborted: () => isAborted });
      slow.catch(() => {});
      const running = async () =>
        (await server.query("select 1 from pg_stat_activity where application_name = 'cancelled' and state = 'active'"))
          .length;
      await expect.poll(running).toBe(1);
      isAborted = true;
      await expect.poll(running, { timeout: 2_000 }).toBe(0);
      await expect(slow).rejects.toThrow('the request ended');
    } finally {
      pool.close();
      await graph.close();
    }
  });

  it('is not published to without a password, and the error says so', async () => {
    const url = urlOf('dossier_publisher', '127.0.0.1', verified()).replace(`:${PASSWORD}`, '');

    await expect(publishFrom(sharedStores(), url)).rejects.toThrow(
      /^Publishing failed \(NO_PASSWORD\): the server asks for a password, and STORE_URL has none\./,
    );
  });

  it.each([
    [
      'with another authority',
      '127.0.0.1',
      () => ({ ...verified(), sslrootcert: inFolder('other.pem') }),
      /DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN/,
    ],
    ['under a name that its certificate does not have', 'localhost', verified, /ERR_TLS_CERT_ALTNAME_INVALID/],
    [
      'with a certificate that cannot be read',
      '127.0.0.1',
      () => ({ ...verified(), sslrootcert: inFolder('none.pem') }),
      /ENOENT/,
    ],
    ['without TLS', '127.0.0.1', () => ({ sslmode: 'disable' }), /28000/],
  ] as const)('is not connected to %s, and the error has no address', async (_, host, parameters, code) => {
    const pool = new PostgresPool({
      ...{ url: urlOf('dossier_reader', host, parameters()), size: 1, prepare: 'named', applicationName: 'test' },
    });
    try {
      const error = await pool.query({ name: 'one', text: 'select 1' }, []).then(
        () => null,
        (failure: Error) => failure,
      );

      expect(error?.message).toMatch(/^the PostgreSQL store is not available \(\w+\)$/);
      expect(error?.message).toMatch(code);
    } finally {
      pool.close();
    }
  });
});

const PGBOUNCER = '/usr/sbin/pgbouncer';
const pgbouncer = {
  isMissing: postgres.isMissing || !existsSync(PGBOUNCER),
  options: { meta: { needs: 'PgBouncer (Debian: pgbouncer) and PostgreSQL 15 or later (Debian: postgresql)' } },
};

describe.skipIf(pgbouncer.isMissing)('a database behind PgBouncer in transaction mode', pgbouncer.options, () => {
  let server: TestPostgres;
  let pooler: ChildProcess;
  let urlOf: (role: string) => string;
  const logOfPooler = () => {
    const log = inFolder('pgbouncer.log');
    return existsSync(log) ? readFileSync(log, 'utf8') : '';
  };
  const startPooler = async () => {
    pooler = spawn(PGBOUNCER, ['-q', inFolder('pgbouncer.ini')], { ...ordinaryUser, stdio: 'ignore' });
  };

  beforeAll(async () => {
    server = await startPostgres();
    const port = await freePort();
    urlOf = (role) => `postgres://${role}:x@127.0.0.1:${port}/dossier`;
    const socketFolder = server.socket.replace(/\/[^/]*$/, '');
    writeFileSync(inFolder('users.txt'), '"dossier_reader" "x"\n"dossier_publisher" "x"\n');
    writeFileSync(
      inFolder('pgbouncer.ini'),
      `[databases]\ndossier = host=${socketFolder} dbname=dossier
[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = plain\nauth_file = ${inFolder('users.txt')}
pool_mode = transaction\ndefault_pool_size = 3\nserver_login_retry = 1\nlogfile = ${inFolder('pgbouncer.log')}\n`,
    );
    own();
    await startPooler();
    await waitFor('PgBouncer', () => /process up/.test(logOfPooler()));
  });
  afterAll(async () => {
    pooler?.kill('SIGKILL');
    await server?.close();
  });

  it('is published to, and read with unnamed statements, with the same responses', async () => {
    const published = await publishFrom(sharedStores(), urlOf('dossier_publisher'));
    const graph = await startPublishedGraph('', {
      database: { url: urlOf('dossier_reader'), poolSize: 4, prepare: 'unnamed' },
    });
    try {
      expect(published.map(({ result }) => result)).toEqual(['published', 'published', 'published', 'published']);
      await Promise.all([1, 2, 3].map(() => expectGolden(graph)));
    } finally {
      await graph.close();
    }
  });

  it.each([
    ['PgBouncer', async () => void pooler.kill('SIGKILL'), startPooler],
    ['the server behind it', () => server.stop(), () => server.start()],
  ])('is unavailable from when %s fails until it is back', async (_, stop, start) => {
    const graph = await startPublishedGraph('', {
      database: { url: urlOf('dossier_reader'), poolSize: 2, prepare: 'unnamed' },
    });
    const isAnswered = async () =>
      (await graph.execute({ query: '{ tradeFigures(first: 1) { nodes { id } } }' })).errors === undefined;
    const state = async () => {
      await isAnswered();
      return ((await (await fetch(`${graph.url}health`)).json()) as { store: string }).store;
    };
    try {
      expect(await isAnswered()).toBe(true);
      await stop();
      await expect.poll(state, { timeout: 20_000 }).toBe('unavailable');
      // Also while PgBouncer accepts connections.
      for (let count = 0; count < 10; count++) {
        await wait(100);
        expect(await state()).toBe('unavailable');
      }
      await start();
      await expect.poll(isAnswered, { timeout: 20_000 }).toBe(true);
      expect(await state()).toBe('verified');
    } finally {
      await graph.close();
    }
  });

  it('cancels the query of a request that is over, and answers those behind it', async () => {
    const pool = new PostgresPool({
      url: urlOf('dossier_reader'),
      size: 1,
      prepare: 'unnamed',
      applicationName: 'test',
    });
    const run = (text: string, limits = {}) => pool.query({ name: text, text }, [], limits);
    try {
      await run('select 0');
      const slow = run('select 1 from pg_sleep(4)', { deadline: performance.now() + 200 });
      const next = run('select 2');

      await expect(slow).rejects.toThrow('the request ended');
      expect(await next).toEqual([[2]]);
      await expect
        .poll(
          () =>
            server.query(
              "select 1 from pg_stat_activity where query like '%pg_sleep(4)%' and state = 'active' and pid <> pg_backend_pid()",
            ),
          { timeout: 2_000 },
        )
        .toEqual([]);
    } finally {
      pool.close();
    }
  });
});
