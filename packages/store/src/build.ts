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

/** Between the name of a store that is being built and the id of the process that builds it. */
const BUILDING = '.building-';

/**
 * Builds a store beside the old one in one transaction, checks it, fsyncs, and renames it into place: a kill at any
 * moment leaves the old store or the new one. A file that is no store of this service is never overwritten.
 */
export function buildStore({ file, identity, migrations, fill, force = false }: BuildOptions): BuildResult {
  const current = currentRevision(file, identity.service, migrations);
  if (current === identity.revision && !force) return 'unchanged';
  mkdirSync(dirname(file), { recursive: true });
  removeLeftovers(file, BUILDING);
  const building = `${file}${BUILDING}${process.pid}`;
  try {
    write(building, identity, migrations, fill);
    syncPath(building);
    renameSync(building, file);
    syncPath(dirname(file));
  } finally {
    rmSync(building, { force: true });
    rmSync(`${building}-journal`, { force: true });
  }
  return current === null ? 'built' : 'rebuilt';
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
