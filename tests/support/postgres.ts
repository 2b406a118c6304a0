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

export interface TestPostgres {
  /** URLs of a database with the documented roles. */
  publisherUrl: string;
  readerUrl: string;
  /** Runs SQL as the superuser. */
  query: (sql: string) => Promise<unknown[]>;
  /** Stops the server: at once, with the connections. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
  /** Stops the server and removes its files. */
  close: () => Promise<void>;
}

/**
 * Starts a server with an empty database, on a Unix socket only. Its default collation is not that of bytes, so that a query that
 * depends on it returns another order than SQLite.
 */
export async function startPostgres(): Promise<TestPostgres> {
  if (postgresPrograms === null) throw new Error(`The test needs ${skipped}.`);
  const programs = postgresPrograms;
  const folder = mkdtempSync(join(tmpdir(), 'dossier-pg-'));
  const { uid, gid } = ordinaryUser as { uid?: number; gid?: number };
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const data = join(folder, 'data');
  const options = { ...ordinaryUser, cwd: folder, env: { LC_ALL: 'C.UTF-8', PATH: process.env['PATH'] ?? '' } };
  execFileSync(
    join(programs, 'initdb'),
    [
      '--no-sync',
      '--auth=trust',
      '--username=postgres',
      '--encoding=UTF8',
      '--locale-provider=icu',
      '--icu-locale=en-US',
      data,
    ],
    { ...options, stdio: 'ignore' },
  );
  const urlOf = (role: string, database: string) => `postgres://${role}@${encodeURIComponent(folder)}/${database}`;
  let server: ChildProcess | null = null;
  const query = async (sql: string, database = 'dossier'): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: urlOf('postgres', database) });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const start = async (): Promise<void> => {
    const settings = { listen_addresses: '', unix_socket_directories: folder, fsync: 'off', full_page_writes: 'off' };
    const child = spawn(
      join(programs, 'postgres'),
      ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...options, stdio: 'ignore' },
    );
    server = child;
    for (let waited = 0; ; waited += WAIT_MS) {
      const isReady = await query('select 1', 'postgres').then(
        () => true,
        () => false,
      );
      if (isReady) return;
      if (waited > MAX_WAIT_MS || child.exitCode !== null) throw new Error('The PostgreSQL server did not start.');
      await wait(WAIT_MS);
    }
  };
  const stop = async (): Promise<void> => {
    const child = server;
    server = null;
    if (!child || child.exitCode !== null) return;
    // An immediate shutdown: https://www.postgresql.org/docs/15/server-shutdown.html
    child.kill('SIGQUIT');
    await once(child, 'exit');
  };
  await start();
  await query('create database dossier', 'postgres');
  await query(readFileSync(join(workspaceRoot(), 'deploy/postgresql/roles.sql'), 'utf8'));
  return {
    publisherUrl: urlOf('dossier_publisher', 'dossier'),
    readerUrl: urlOf('dossier_reader', 'dossier'),
    query: (sql) => query(sql),
    stop,
    start,
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
