import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { storeFile } from '@dossier/cli';
import { fromWorkspace } from '@dossier/config';
import { inspectStore } from '@dossier/store';
import { publishStores } from '@dossier/store/postgres';
import pg from 'pg';
import { childSeconds, cpuSeconds } from './cpu.mjs';
import { SERVICES } from './stores.mjs';

/** Where Debian has the programs of the server, by version. */
const DEBIAN = '/usr/lib/postgresql';
/** Debian's user "nobody": the server refuses to run as root. */
const NOBODY = 65534;
const MAX_WAIT_MS = 60_000;

/** Settings of a server whose shared buffers do not hold all of a large store, and which counts the blocks of each query. */
const SETTINGS = {
  listen_addresses: '',
  fsync: 'off',
  shared_buffers: '256MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '4GB',
  shared_preload_libraries: 'pg_stat_statements',
  plan_cache_mode: 'force_generic_plan',
};

/** Starts a server with one database for each size. */
export async function startServer() {
  const version = existsSync(DEBIAN) ? Math.max(...readdirSync(DEBIAN).map(Number)) : 0;
  if (version < 15) throw new Error('PostgreSQL 15 or later is not installed (Debian: postgresql).');
  const programs = join(DEBIAN, String(version), 'bin');
  const folder = mkdtempSync(join(tmpdir(), 'dossier-bench-pg-'));
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (user.uid !== undefined) chownSync(folder, NOBODY, NOBODY);
  const options = { ...user, cwd: folder, stdio: 'ignore', env: { LC_ALL: 'C.UTF-8', PATH: process.env.PATH } };
  const data = join(folder, 'data');
  execFileSync(
    join(programs, 'initdb'),
    ['--no-sync', '--auth=trust', '--username=postgres', '--encoding=UTF8', data],
    options,
  );
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: folder });
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    options,
  );
  process.once('exit', () => {
    server.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  });
  const urlOf = (role, database) => `postgres://${role}@${encodeURIComponent(folder)}/${database}`;
  const query = (database, text, values) => queryAt(urlOf('postgres', database), text, values);
  for (let waited = 0; ; waited += 100) {
    if (await query('postgres', 'select 1').then(Boolean, () => false)) break;
    if (waited > MAX_WAIT_MS || server.exitCode !== null) throw new Error('The PostgreSQL server did not start.');
    await wait(100);
  }
  return {
    /** Publishes the stores of a size to a database of their own. Returns the URL to read them, and the seconds that it took. */
    publish: async (size, dataDir) => {
      const database = `dossier_${size}`;
      await query('postgres', `create database ${database}`);
      const roles = readFileSync(fromWorkspace('deploy/postgresql/roles.sql'), 'utf8');
      const known = await query('postgres', "select 1 from pg_roles where rolname = 'dossier_reader'");
      await query(database, known.length > 0 ? roles.replaceAll(/^create role .*$/gm, '') : roles);
      await query(database, 'create extension pg_stat_statements');
      const startedAt = performance.now();
      const stores = Object.values(SERVICES).map(({ definition }) => {
        const { name, migrations } = definition;
        const file = storeFile(dataDir, name);
        return { ...definition, file, identity: inspectStore(file, name, migrations) };
      });
      await publishStores({ url: urlOf('dossier_publisher', database), stores, graceMs: 0 });
      const seconds = (performance.now() - startedAt) / 1000;
      const [{ bytes }] = await query('postgres', 'select pg_database_size($1) as bytes', [database]);
      return { storeUrl: urlOf('dossier_reader', database), seconds, bytes: Number(bytes) };
    },
    /** Forgets the queries of a size that were counted. */
    reset: (size) =>
      query(
        `dossier_${size}`,
        'select pg_stat_statements_reset(0, oid, 0) from pg_database where datname = current_database()',
      ),
    /** See `readCounts`. */
    counts: (size) => readCounts((text) => query(`dossier_${size}`, text)),
    /** CPU seconds of the server's processes so far, with those that have ended. */
    cpu: () => childSeconds(server.pid) + processesOf(server.pid).reduce((sum, pid) => sum + secondsOf(pid), 0),
  };
}

/**
 * Queries of the reader by their text without the name of the schema: calls, rows, and blocks that were read or hit. `query` runs SQL in
 * a database with pg_stat_statements.
 */
export async function readCounts(query) {
  const rows = await query(
    `select query, calls, rows, shared_blks_hit + shared_blks_read as blocks from pg_stat_statements
     where dbid = (select oid from pg_database where datname = current_database()) and query like '%"dossier\\_%'`,
  );
  const counts = new Map();
  for (const row of rows) {
    const text = row.query.replaceAll(/"dossier_\w+"\./g, '');
    const known = counts.get(text) ?? { calls: 0, rows: 0, blocks: 0 };
    for (const key of ['calls', 'rows', 'blocks']) known[key] += Number(row[key]);
    counts.set(text, known);
  }
  return counts;
}

/** CPU seconds of a process; 0 if it has ended. */
function secondsOf(pid) {
  try {
    return cpuSeconds(pid);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return 0;
  }
}

/** A process and its children. */
function processesOf(pid) {
  const children = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
    } catch {
      // It has ended.
      return false;
    }
  });
  return [pid, ...children.map(Number)];
}

async function queryAt(connectionString, text, values) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text, values)).rows ?? [];
  } finally {
    await client.end();
  }
}

/**
 * Blocks that queries at one size read, against what the same rows would take at another: queries that only one size has are left out,
 * and each query counts by the rows that it returned at the first size.
 */
export function blocksAgainst(counts, others) {
  let [blocks, expected] = [0, 0];
  for (const [text, { rows, calls, blocks: read }] of counts) {
    const other = others.get(text);
    if (!other || other.blocks === 0) continue;
    blocks += read;
    expected += ((rows + calls) * other.blocks) / (other.rows + other.calls);
  }
  return blocks / expected;
}
