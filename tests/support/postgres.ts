import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { workspaceRoot } from '@dossier/config';
import pg from 'pg';
import { ordinaryUser } from './needs.js';

/** Where Debian has the programs of the server, by version. */
const DEBIAN = '/usr/lib/postgresql';

/** The folder of the server's programs, of the newest version; null if it is not installed. */
const postgresPrograms: string | null =
  (existsSync(DEBIAN) ? readdirSync(DEBIAN) : [])
    .filter((version) => Number(version) >= 15 && existsSync(join(DEBIAN, version, 'bin/postgres')))
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'))[0] ?? null;

const skipped = 'PostgreSQL 15 or later (Debian: postgresql)';

/** For tests that need a server; see `needs.ts`. */
export const postgres = { isMissing: postgresPrograms === null, options: { meta: { needs: skipped } } };

const WAIT_MS = 50;
const MAX_WAIT_MS = 30_000;

/** A running server. */
export interface TestServer {
  /** The Unix socket that it listens on. */
  socket: string;
  /** URL of the database for a role. */
  urlOf: (role: 'postgres' | 'dossier_reader' | 'dossier_publisher') => string;
  readerUrl: string;
  /** Runs SQL as the superuser. */
  query: (sql: string) => Promise<unknown[]>;
  /** Runs a file of psql as the superuser. */
  runFile: (file: string) => void;
  /** Runs SQL as the superuser in a transaction that stays open until the returned function is called. */
  openTransaction: (sql: string) => Promise<() => Promise<void>>;
  /** Stops the server: at once, with the connections, unless the signal says otherwise. */
  stop: (signal?: NodeJS.Signals) => Promise<void>;
  start: () => Promise<void>;
}

export interface TestPostgres extends TestServer {
  publisherUrl: string;
  /** Starts a standby that replicates this server. */
  startStandby: (settings?: ServerSettings) => Promise<TestServer>;
  /** Stops the server and its standbys, and removes their files. */
  close: () => Promise<void>;
}

/** Settings of a server, by name. */
type ServerSettings = Readonly<Record<string, string>>;

/**
 * Starts a server with an empty database, on a Unix socket only unless the settings say otherwise. Its default collation is not that of
 * bytes, so that a query that depends on it returns another order than SQLite.
 */
export async function startPostgres(settings: ServerSettings = {}): Promise<TestPostgres> {
  const root = mkdtempSync(join(tmpdir(), 'dossier-pg-'));
  own(root);
  const data = join(root, 'data');
  runTool('initdb', [
    ...['--no-sync', '--auth=trust', '--username=postgres', '--encoding=UTF8'],
    ...['--locale-provider=icu', '--icu-locale=en-US', data],
  ]);
  const primary = serverIn(root, data, settings);
  const standbys: TestServer[] = [];
  await primary.start();
  await queryAt(primary.urlOf('postgres').replace(/dossier$/, 'postgres'), 'create database dossier');
  await primary.query(readFileSync(join(workspaceRoot(), 'deploy/postgresql/roles.sql'), 'utf8'));
  return {
    ...primary,
    publisherUrl: primary.urlOf('dossier_publisher'),
    startStandby: async (ofStandby = {}) => {
      const folder = mkdtempSync(join(root, 'standby-'));
      own(folder);
      const copy = join(folder, 'data');
      runTool('pg_basebackup', [
        ...[`--host=${root}`, '--username=postgres', `--pgdata=${copy}`, '--checkpoint=fast', '--no-sync'],
        ...['--write-recovery-conf'],
      ]);
      const standby = serverIn(folder, copy, ofStandby);
      standbys.push(standby);
      await standby.start();
      return standby;
    },
    close: async () => {
      await Promise.all([...standbys, primary].map((server) => server.stop()));
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const programs = (): string => {
  if (postgresPrograms === null) throw new Error(`The test needs ${skipped}.`);
  return postgresPrograms;
};

/** The server refuses to run as root. */
const asUser = { ...ordinaryUser, env: { LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] ?? '' } };

function own(folder: string): void {
  const { uid, gid } = ordinaryUser as { uid?: number; gid?: number };
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

const runTool = (name: string, args: string[]): void =>
  void execFileSync(join(programs(), name), args, { ...asUser, cwd: tmpdir(), stdio: 'ignore' });

async function queryAt(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Runs `sql` in a transaction that stays open until the returned function ends it. */
async function transactionAt(url: string, sql: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  await client.query('begin');
  await client.query(sql);
  return () => client.end();
}

/** A server with its data in a folder and its socket in another. */
function serverIn(folder: string, data: string, settings: ServerSettings): TestServer {
  const { port = '5432' } = settings;
  const urlOf = (role: string) => `postgres://${role}@${encodeURIComponent(folder)}:${port}/dossier`;
  let server: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const all = {
      ...{ listen_addresses: '', unix_socket_directories: folder, fsync: 'off', full_page_writes: 'off' },
      // A standby that was stopped finds what it missed, although the server has made checkpoints, and soon.
      ...{ wal_keep_size: '1GB', wal_retrieve_retry_interval: '200ms' },
      ...settings,
    };
    const child = spawn(
      join(programs(), 'postgres'),
      ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...asUser, cwd: folder, stdio: 'ignore' },
    );
    server = child;
    for (let waited = 0; ; waited += WAIT_MS) {
      const isReady = await queryAt(urlOf('postgres').replace(/dossier$/, 'postgres'), 'select 1').then(
        () => true,
        () => false,
      );
      if (isReady) return;
      if (waited > MAX_WAIT_MS || child.exitCode !== null) throw new Error('The PostgreSQL server did not start.');
      await wait(WAIT_MS);
    }
  };
  return {
    socket: join(folder, `.s.PGSQL.${port}`),
    urlOf,
    readerUrl: urlOf('dossier_reader'),
    query: (sql) => queryAt(urlOf('postgres'), sql),
    runFile: (file) =>
      void execFileSync(
        join(programs(), 'psql'),
        [`--dbname=${urlOf('postgres')}`, '--set=ON_ERROR_STOP=1', '--no-psqlrc', '--quiet', `--file=${file}`],
        { stdio: 'pipe' },
      ),
    openTransaction: (sql) => transactionAt(urlOf('postgres'), sql),
    start,
    // An immediate shutdown: https://www.postgresql.org/docs/15/server-shutdown.html
    stop: async (signal = 'SIGQUIT') => {
      const child = server;
      server = null;
      if (!child || child.exitCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}
