import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { StoreError, writing } from './errors.js';
import { removeLeftovers, temporaryFile } from './files.js';
import { type StoreIdentity, writeIdentity } from './identity.js';
import { lockedError, tryLockStore } from './lock.js';
import { inspectStore } from './open.js';
import type { StoreDb } from './query.js';
import { putInPlace } from './replace.js';
import { computeSums, findChangedBytes, readSums } from './sums.js';

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
  /** Runs a function that writes rows. Throws a StoreError if there is no space for them. */
  write: (insert: () => void) => void;
  /** Commits and checks the store, then renames it into place with its checksums. Throws an Error if a check fails. */
  finish: () => void;
  /** Closes and removes the temporary file; does nothing after `finish`. */
  discard: () => void;
}

/** SQLite's page cache during a build, in KiB: pages that do not fit are written several times. */
export const CACHE_KIB = 64 * 1024;

/** Bytes of a new store that are memory-mapped for its check. */
const MMAP_BYTES = 2 ** 31;

/**
 * Builds a store that is missing or has another revision. Throws a StoreError rather than overwrite a file that is not this
 * service's store, or wait for another process that writes it.
 */
export function buildStore({ fill, force = false, ...store }: BuildOptions): BuildResult {
  const { file, identity, migrations } = store;
  const current = currentRevision(file, identity.service, migrations);
  if (current === identity.revision && !force) return 'unchanged';
  const lock = tryLockStore(file);
  if (!lock) throw lockedError(file);
  try {
    const build = startStoreBuild(store);
    try {
      build.write(() => fill(build.db));
      build.finish();
    } finally {
      build.discard();
    }
  } finally {
    lock.release();
  }
  return current === null ? 'built' : 'rebuilt';
}

/**
 * Starts a store in a temporary file, in one transaction. `finish` checks, fsyncs and renames it: a process killed at any
 * moment leaves either the old store or the new one. The caller has the store's lock. Throws a StoreError if the folder cannot be
 * written or has no space.
 */
export function startStoreBuild({ file, identity, migrations }: StoreToBuild): StoreBuild {
  return writing(file, () => {
    removeLeftovers(file);
    const building = temporaryFile(file, 'building');
    let sqlite: Database.Database | undefined;
    const discard = () => {
      sqlite?.close();
      rmSync(building, { force: true });
    };
    try {
      const indexes = createTables(building, migrations);
      const opened = new Database(building);
      sqlite = opened;
      // The file is discarded unless it is complete, so it is synced once, before the rename, instead of at every write.
      opened.pragma('journal_mode = MEMORY');
      opened.pragma('synchronous = OFF');
      opened.pragma(`cache_size = -${CACHE_KIB}`);
      // Rows are inserted in any order; `finish` checks all foreign keys.
      opened.pragma('foreign_keys = OFF');
      opened.exec('begin');
      return {
        db: drizzle({ client: opened }),
        write: (insert) => writing(file, insert),
        finish: () =>
          writing(file, () => {
            complete(opened, { file, identity, indexes });
            putInPlace(building, file, computeSums(building, identity));
          }),
        discard,
      };
    } catch (error) {
      discard();
      throw error;
    }
  });
}

interface EmptyStore {
  bytes: Buffer;
  /** The SQL of its indexes, which it does not have yet. */
  indexes: string[];
}

/** By the URL of the migrations. */
const emptyStores = new Map<string, EmptyStore>();

/** Writes a database with the tables of the migrations, without their indexes, and returns the SQL of these. */
function createTables(file: string, migrations: URL): string[] {
  const empty = emptyStores.get(migrations.href) ?? createEmptyStore(migrations);
  emptyStores.set(migrations.href, empty);
  writeFileSync(file, empty.bytes);
  return empty.indexes;
}

/** It is made in memory: the file has no overwritten data, and a full disk is reported as one. */
function createEmptyStore(migrations: URL): EmptyStore {
  const sqlite = new Database(':memory:');
  try {
    migrate(drizzle({ client: sqlite }), { migrationsFolder: fileURLToPath(migrations) });
    // The migrations' timestamps are not part of the revision: two stores of one revision that are built from scratch have the same bytes.
    sqlite.exec('update __drizzle_migrations set created_at = 0');
    const indexes = dropIndexes(sqlite);
    // Removes overwritten data (the timestamps) while the database is small.
    sqlite.exec('vacuum');
    return { bytes: sqlite.serialize(), indexes };
  } finally {
    sqlite.close();
  }
}

/** Creates the indexes, commits and checks a store, and closes it. */
function complete(
  sqlite: Database.Database,
  { file, identity, indexes }: { file: string; identity: StoreIdentity; indexes: readonly string[] },
): void {
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

/**
 * The revision of the store at `file`; null if there is no file, empty if it is damaged or an older version built it. Throws a
 * StoreError if the file is not this service's store.
 */
export function currentRevision(file: string, service: string, migrations?: URL): string | null {
  try {
    return inspectStore(file, service, migrations).revision;
  } catch (error) {
    if (error instanceof StoreError && error.reason === 'MISSING') return null;
    if (error instanceof StoreError && error.reason === 'OLDER') return '';
    // Its checksums say that it was this service's store.
    if (error instanceof StoreError && error.reason === 'UNREADABLE' && hasSumsOf(file, service)) return '';
    throw error;
  }
}

const hasSumsOf = (file: string, service: string): boolean => readSums(file).some((sums) => sums.service === service);

/**
 * Whether a store is not the one with this identity, byte by byte. True for a store without checksums, which cannot be verified.
 * Throws a StoreError if the file is not this service's store.
 */
export async function needsBuild({ file, identity, migrations }: StoreToBuild): Promise<boolean> {
  if (currentRevision(file, identity.service, migrations) !== identity.revision) return true;
  const result = await findChangedBytes(file, identity);
  return 'damage' in result || result.verification !== 'verified';
}

/** Creates the folder of a store if it is missing. */
export const createStoreFolder = (file: string): void =>
  writing(file, () => void mkdirSync(dirname(file), { recursive: true }));

function assertIntegrity(sqlite: Database.Database, file: string, check: 'integrity_check' | 'quick_check'): void {
  const result = sqlite.pragma(check, { simple: true });
  if (result !== 'ok') throw new Error(`${file}: the new store failed its check (${String(result)}).`);
}

export function assertForeignKeys(sqlite: Database.Database, file: string): void {
  const { length } = sqlite.pragma('foreign_key_check') as unknown[];
  if (length > 0)
    throw new Error(
      `${file}: the new store failed its check (FOREIGN KEY: ${length} rows refer to a row that does not exist).`,
    );
}
