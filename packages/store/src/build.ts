import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { StoreError } from './errors.js';
import { type StoreIdentity, writeIdentity } from './identity.js';
import { inspectStore, type StoreDb } from './open.js';

export interface BuildOptions {
  file: string;
  identity: StoreIdentity;
  migrations: URL;
  /** Writes the rows; runs inside the one transaction. */
  fill: (db: StoreDb) => void;
  /** Build even where the store is up to date. */
  force?: boolean;
}

/** What happened: a store of the same revision is left as it is. */
export type BuildResult = 'built' | 'rebuilt' | 'unchanged';

/**
 * Builds a store beside the old one in one transaction, checks it, fsyncs, and renames it into place: a kill at any
 * moment leaves the old store or the new one. A file that is no store of this service is never overwritten.
 */
export function buildStore({ file, identity, migrations, fill, force = false }: BuildOptions): BuildResult {
  const current = currentRevision(file, identity.service);
  if (current === identity.revision && !force) return 'unchanged';
  mkdirSync(dirname(file), { recursive: true });
  removeLeftovers(file);
  const building = `${file}.building-${process.pid}`;
  try {
    write(building, identity, migrations, fill);
    sync(building);
    renameSync(building, file);
    sync(dirname(file));
  } finally {
    rmSync(building, { force: true });
    rmSync(`${building}-journal`, { force: true });
  }
  return current === null ? 'built' : 'rebuilt';
}

/** The revision in place; `null` where there is no file. Throws where the file is not this service's store. */
export function currentRevision(file: string, service: string): string | null {
  try {
    return inspectStore(file, service).revision;
  } catch (error) {
    if (error instanceof StoreError && error.reason === 'MISSING') return null;
    throw error;
  }
}

function write(file: string, identity: StoreIdentity, migrations: URL, fill: (db: StoreDb) => void): void {
  const sqlite = new Database(file);
  try {
    sqlite.pragma('journal_mode = DELETE');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    const db = drizzle({ client: sqlite });
    migrate(db, { migrationsFolder: fileURLToPath(migrations) });
    sqlite.transaction(() => {
      // Rows of one file refer to each other in any order; all must be there when the transaction ends.
      sqlite.pragma('defer_foreign_keys = ON');
      fill(db);
      writeIdentity(sqlite, identity);
    })();
    // Migrations record when they were generated, which no revision counts: one revision, the same bytes.
    sqlite.exec('update __drizzle_migrations set created_at = 0');
    sqlite.exec('analyze');
    sqlite.exec('vacuum');
    check(sqlite, file);
  } finally {
    sqlite.close();
  }
}

function check(sqlite: Database.Database, file: string): void {
  const integrity = sqlite.pragma('integrity_check', { simple: true });
  const dangling = sqlite.pragma('foreign_key_check') as unknown[];
  if (integrity !== 'ok' || dangling.length > 0) throw new Error(`${file}: the new store failed its check (${String(integrity)}, ${dangling.length} dangling rows).`);
}

/** What a killed seeding left behind. A build of a process that is still alive is left alone. */
function removeLeftovers(file: string): void {
  const prefix = `${basename(file)}.building-`;
  for (const name of readdirSync(dirname(file)).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (pid !== process.pid && isAlive(pid)) continue;
    rmSync(join(dirname(file), name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
