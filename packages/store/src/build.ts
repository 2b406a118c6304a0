import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { StoreError } from './errors.js';
import { removeLeftovers, syncPath } from './files.js';
import { type StoreIdentity, writeIdentity } from './identity.js';
import { inspectStore } from './open.js';
import type { StoreDb } from './query.js';

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

/** The outcome of a build. A store that already has the wanted revision is `unchanged`. */
export type BuildResult = 'built' | 'rebuilt' | 'unchanged';

/** A store under construction, in a temporary file next to the final one. */
export interface StoreBuild {
  db: StoreDb;
  /** Commits and checks the store, then renames it into place. Throws an Error if a check fails. */
  finish: () => void;
  /** Closes and removes the temporary file; does nothing after `finish`. */
  discard: () => void;
}

/** Separates the store's file name from the building process's id in the name of the temporary file. */
const BUILDING = '.building-';

/** SQLite's page cache during a build, in KiB: pages that do not fit are written several times. */
const CACHE_KIB = 64 * 1024;

/** Bytes of a new store that are memory-mapped for its check. */
const MMAP_BYTES = 2 ** 31;

/** Builds a store that is missing or has another revision. Throws a StoreError rather than overwrite a file that is not this service's store. */
export function buildStore({ fill, force = false, ...store }: BuildOptions): BuildResult {
  const { file, identity, migrations } = store;
  const current = currentRevision(file, identity.service, migrations);
  if (current === identity.revision && !force) return 'unchanged';
  const build = startStoreBuild(store);
  try {
    fill(build.db);
    build.finish();
  } finally {
    build.discard();
  }
  return current === null ? 'built' : 'rebuilt';
}

/**
 * Starts a store in a temporary file, in one transaction. `finish` checks, fsyncs and renames it: a process killed at any
 * moment leaves either the old store or the new one.
 */
export function startStoreBuild({ file, identity, migrations }: StoreToBuild): StoreBuild {
  mkdirSync(dirname(file), { recursive: true });
  removeLeftovers(file, BUILDING);
  const building = `${file}${BUILDING}${process.pid}`;
  const sqlite = new Database(building);
  const discard = () => {
    sqlite.close();
    rmSync(building, { force: true });
  };
  try {
    // The file is discarded unless it is complete, so it is synced once, before the rename, instead of at every write.
    sqlite.pragma('journal_mode = MEMORY');
    sqlite.pragma('synchronous = OFF');
    sqlite.pragma(`cache_size = -${CACHE_KIB}`);
    const db = drizzle({ client: sqlite });
    migrate(db, { migrationsFolder: fileURLToPath(migrations) });
    // Rows are inserted in any order; `finish` checks all foreign keys.
    sqlite.pragma('foreign_keys = OFF');
    // The migrations' timestamps are not part of the revision: stores of one revision have the same bytes.
    sqlite.exec('update __drizzle_migrations set created_at = 0');
    const indexes = dropIndexes(sqlite);
    // Removes overwritten data (the timestamps) while the file is small; inserting rows leaves nothing to remove.
    sqlite.exec('vacuum');
    sqlite.exec('begin');
    const finish = () => {
      // Before the other indexes exist: checks the tables against their primary keys.
      assertIntegrity(sqlite, file, 'integrity_check');
      for (const index of indexes) sqlite.exec(index);
      writeIdentity(sqlite, identity);
      sqlite.exec('analyze');
      sqlite.exec('commit');
      sqlite.pragma(`mmap_size = ${MMAP_BYTES}`);
      // All pages. integrity_check would also look up every row in every index, which takes longer than building the indexes.
      assertIntegrity(sqlite, file, 'quick_check');
      assertForeignKeys(sqlite, file);
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

/** Drops all indexes except those of primary keys, and returns their SQL: creating an index over existing rows is much faster than updating it per row. */
function dropIndexes(sqlite: Database.Database): string[] {
  const indexes = sqlite
    .prepare("select name, sql from sqlite_schema where type = 'index' and sql is not null order by rowid")
    .all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of indexes) sqlite.exec(`drop index "${name}"`);
  return indexes.map(({ sql }) => sql);
}

/** The revision of the store at `file`; null if there is no file, empty if an older version built it. Throws a StoreError if the file is not this service's store. */
export function currentRevision(file: string, service: string, migrations?: URL): string | null {
  try {
    return inspectStore(file, service, migrations).revision;
  } catch (error) {
    if (error instanceof StoreError && error.reason === 'MISSING') return null;
    if (error instanceof StoreError && error.reason === 'OLDER') return '';
    throw error;
  }
}

function assertIntegrity(sqlite: Database.Database, file: string, check: 'integrity_check' | 'quick_check'): void {
  const result = sqlite.pragma(check, { simple: true });
  if (result !== 'ok') throw new Error(`${file}: the new store failed its check (${String(result)}).`);
}

function assertForeignKeys(sqlite: Database.Database, file: string): void {
  const { length } = sqlite.pragma('foreign_key_check') as unknown[];
  if (length > 0)
    throw new Error(
      `${file}: the new store failed its check (FOREIGN KEY: ${length} rows refer to a row that does not exist).`,
    );
}
