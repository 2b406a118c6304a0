import './node24GcWorkaround.js';
import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { StoreError } from './errors.js';
import { FORMAT, readFormat, readIdentity, type StoreIdentity } from './identity.js';
import { compareMigrations, type MigrationsState } from './migrations.js';
import { timeQueries } from './reader.js';

export type StoreDb = BetterSQLite3Database & { $client: Database.Database };

/** An open store: read-only, of a known revision. */
export interface Store {
  readonly db: StoreDb;
  readonly file: string;
  readonly revision: string;
  readonly builtAt: Date;
  close(): void;
}

export interface OpenOptions {
  /** The service's migrations: a store of fewer, of others or of more is refused. Without them, that is not looked at. */
  migrations?: URL | undefined;
  /** Told every SQL statement that is run; for tests and for tracing. */
  onStatement?: (sql: string) => void;
  /** Told how long each query took; for metrics. */
  onTimed?: (seconds: number) => void;
}

/**
 * Opens a service's store for reading. Throws a StoreError that names the file and the remedy where it is missing, no
 * store of this service, or of a format that this program does not know. It never writes.
 */
export function openStore(file: string, service: string, options: OpenOptions = {}): Store {
  const identity = inspectStore(file, service, options.migrations);
  const sqlite = new Database(file, {
    readonly: true,
    fileMustExist: true,
    ...(options.onStatement && { verbose: (message: unknown) => options.onStatement?.(String(message)) }),
  });
  sqlite.pragma('query_only = 1');
  sqlite.pragma(`mmap_size = ${256 * 1024 * 1024}`);
  const db = drizzle({ client: sqlite });
  if (options.onTimed) timeQueries(db, options.onTimed);
  return { db, file, revision: identity.revision, builtAt: statSync(file).mtime, close: () => sqlite.close() };
}

/** What a store file is, without keeping it open. Throws a StoreError as `openStore` does. */
export function inspectStore(file: string, service: string, migrations?: URL): StoreIdentity {
  if (!existsSync(file)) throw new StoreError('MISSING', `${file} does not exist; run "npm run seed" to build it.`);
  if (!statSync(file).isFile())
    throw new StoreError('UNREADABLE', `${file} is no file; move it away and run "npm run seed".`);
  if (statSync(file).size === 0)
    throw new StoreError('UNREADABLE', `${file} is empty; move it away and run "npm run seed".`);
  const { format, identity, state } = readFrom(file, migrations);
  // First: how a newer one says whose it is, this program does not know.
  if (format !== null && format > FORMAT)
    throw new StoreError(
      'NEWER',
      `${file} was built by a newer version (format ${format}, known ${FORMAT}); run that version, or move the file away.`,
    );
  if (identity === null || identity.service !== service) {
    const what = identity === null ? 'no store of this project' : `the store of "${identity.service}"`;
    throw new StoreError(
      'FOREIGN',
      `${file} is ${what}, not that of "${service}"; nothing was overwritten: move it away, or set DATA_DIR to another folder.`,
    );
  }
  if (state === 'newer')
    throw new StoreError(
      'NEWER',
      `${file} was built by a newer version (it has migrations that are not known here); run that version, or move the file away.`,
    );
  if (state === 'older' || (format !== null && format < FORMAT))
    throw new StoreError('OLDER', `${file} was built by an older version; run "npm run seed" to build it anew.`);
  return identity;
}

interface Contents {
  format: number | null;
  identity: StoreIdentity | null;
  state: MigrationsState;
}

function readFrom(file: string, migrations: URL | undefined): Contents {
  let sqlite: Database.Database | undefined;
  try {
    sqlite = new Database(file, { readonly: true, fileMustExist: true });
    const format = readFormat(sqlite);
    const identity = format !== null && format <= FORMAT ? readIdentity(sqlite) : null;
    return { format, identity, state: identity && migrations ? compareMigrations(sqlite, migrations) : 'same' };
  } catch {
    throw new StoreError(
      'UNREADABLE',
      `${file} cannot be read as a SQLite database (truncated, or something else); move it away and run "npm run seed".`,
    );
  } finally {
    sqlite?.close();
  }
}
