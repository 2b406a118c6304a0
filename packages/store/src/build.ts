import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { StoreError } from './errors.js';
import { removeLeftovers, syncPath } from './files.js';
import { type StoreIdentity, writeIdentity } from './identity.js';
import { inspectStore, type StoreDb } from './open.js';

export interface StoreToBuild {
  file: string;
  identity: StoreIdentity;
  migrations: URL;
}

export interface BuildOptions extends StoreToBuild {
  /** Writes the rows; runs inside the one transaction. */
  fill: (db: StoreDb) => void;
  /** Build even where the store is up to date. */
  force?: boolean;
}

/** What happened: a store of the same revision is left as it is. */
export type BuildResult = 'built' | 'rebuilt' | 'unchanged';

/** A store that rows are written to, beside the one in place. */
export interface StoreBuild {
  db: StoreDb;
  /** Checks it and puts it in place. */
  finish: () => void;
  /** Takes away what is not in place; nothing, once it is. */
  discard: () => void;
}

/** Between the name of a store that is being built and the id of the process that builds it. */
const BUILDING = '.building-';

/** KiB of pages that are kept while a store is built: what does not fit is written before its time. */
const CACHE_KIB = 64 * 1024;

/** Bytes of a new store that are checked where they lie. */
const MAPPED = 2 ** 31;

/** Builds a store where it is missing or of another revision. A file that is no store of this service is never overwritten. */
export function buildStore({ fill, force = false, ...store }: BuildOptions): BuildResult {
  const { file, identity, migrations } = store;
  const current = currentRevision(file, identity.service, migrations);
  if (current === identity.revision && !force) return 'unchanged';
  const build = beginStore(store);
  try {
    fill(build.db);
    build.finish();
  } finally {
    build.discard();
  }
  return current === null ? 'built' : 'rebuilt';
}

/**
 * Begins a store beside the old one, in one transaction. Finished, it is checked, fsynced, and renamed into place: a kill at
 * any moment leaves the old store or the new one.
 */
export function beginStore({ file, identity, migrations }: StoreToBuild): StoreBuild {
  mkdirSync(dirname(file), { recursive: true });
  removeLeftovers(file, BUILDING);
  const building = `${file}${BUILDING}${process.pid}`;
  const sqlite = new Database(building);
  const discard = () => {
    sqlite.close();
    rmSync(building, { force: true });
  };
  try {
    // Nothing of it counts until it is renamed into place: it is made safe once, before that.
    sqlite.pragma('journal_mode = MEMORY');
    sqlite.pragma('synchronous = OFF');
    sqlite.pragma(`cache_size = -${CACHE_KIB}`);
    const db = drizzle({ client: sqlite });
    migrate(db, { migrationsFolder: fileURLToPath(migrations) });
    // Rows refer to each other in any order; the whole is checked at the end.
    sqlite.pragma('foreign_keys = OFF');
    // Migrations record when they were generated, which no revision counts: one revision, the same bytes.
    sqlite.exec('update __drizzle_migrations set created_at = 0');
    const indexes = takeIndexes(sqlite);
    // While there is little to write anew: what was overwritten must not stand in the file, and rows leave nothing behind.
    sqlite.exec('vacuum');
    sqlite.exec('begin');
    const finish = () => {
      // Against the keys alone, which were kept row by row: what the other indexes are made of is whole then.
      refuseDamaged(sqlite, file, 'integrity_check');
      for (const index of indexes) sqlite.exec(index);
      writeIdentity(sqlite, identity);
      sqlite.exec('analyze');
      sqlite.exec('commit');
      sqlite.pragma(`mmap_size = ${MAPPED}`);
      // Every page. To look each row up in each index again would take longer than to make them, the more so the more there are.
      refuseDamaged(sqlite, file, 'quick_check');
      refuseDangling(sqlite, file);
      sqlite.close();
      syncPath(building);
      renameSync(building, file);
      syncPath(dirname(file));
    };
    return { db, finish, discard };
  } catch (error) {
    discard();
    throw error;
  }
}

/** Takes the indexes away, but for those of primary keys: made at the end, in the order of their keys, they cost a fraction, whatever the number of rows. */
function takeIndexes(sqlite: Database.Database): string[] {
  const indexes = sqlite
    .prepare("select name, sql from sqlite_schema where type = 'index' and sql is not null order by rowid")
    .all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of indexes) sqlite.exec(`drop index "${name}"`);
  return indexes.map(({ sql }) => sql);
}

/** The revision in place; `null` where there is no file, and empty where an older version built it. Throws where the file is not this service's store. */
export function currentRevision(file: string, service: string, migrations?: URL): string | null {
  try {
    return inspectStore(file, service, migrations).revision;
  } catch (error) {
    if (error instanceof StoreError && error.reason === 'MISSING') return null;
    if (error instanceof StoreError && error.reason === 'OLDER') return '';
    throw error;
  }
}

function refuseDamaged(sqlite: Database.Database, file: string, check: 'integrity_check' | 'quick_check'): void {
  const said = sqlite.pragma(check, { simple: true });
  if (said !== 'ok') throw new Error(`${file}: the new store failed its check (${String(said)}).`);
}

function refuseDangling(sqlite: Database.Database, file: string): void {
  const { length } = sqlite.pragma('foreign_key_check') as unknown[];
  if (length > 0)
    throw new Error(`${file}: the new store failed its check (FOREIGN KEY: ${length} rows lead nowhere).`);
}
