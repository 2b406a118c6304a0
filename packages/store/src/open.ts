import './lasting.js';
import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { StoreError } from './errors.js';
import { FORMAT, readFormat, readIdentity, type StoreIdentity } from './identity.js';

export type StoreDb = BetterSQLite3Database & { $client: Database.Database };

/** An open store: read-only, of a known revision. */
export interface Store {
  readonly db: StoreDb;
  readonly file: string;
  readonly revision: string;
  close(): void;
}

export interface OpenOptions {
  /** Told every SQL statement that is run; for tests and for tracing. */
  onStatement?: (sql: string) => void;
}

/**
 * Opens a service's store for reading. Throws a StoreError that names the file and the remedy where it is missing, no
 * store of this service, or of a format that this program does not know. It never writes.
 */
export function openStore(file: string, service: string, options: OpenOptions = {}): Store {
  const identity = inspectStore(file, service);
  const sqlite = new Database(file, {
    readonly: true,
    fileMustExist: true,
    ...(options.onStatement && { verbose: (message: unknown) => options.onStatement?.(String(message)) }),
  });
  sqlite.pragma('query_only = 1');
  sqlite.pragma(`mmap_size = ${256 * 1024 * 1024}`);
  return { db: drizzle({ client: sqlite }), file, revision: identity.revision, close: () => sqlite.close() };
}

/** What a store file is, without keeping it open. Throws a StoreError as `openStore` does. */
export function inspectStore(file: string, service: string): StoreIdentity {
  if (!existsSync(file)) throw new StoreError('MISSING', `${file} does not exist; run "npm run seed" to build it.`);
  if (statSync(file).size === 0) throw new StoreError('UNREADABLE', `${file} is empty; move it away and run "npm run seed".`);
  const { format, identity } = readFrom(file);
  // First: how a newer one says whose it is, this program does not know.
  if (format !== null && format > FORMAT) throw new StoreError('NEWER', `${file} was built by a newer version (format ${format}, known ${FORMAT}); run that version, or move the file away.`);
  if (identity === null || identity.service !== service) {
    const what = identity === null ? 'no store of this project' : `the store of "${identity.service}"`;
    throw new StoreError('FOREIGN', `${file} is ${what}, not that of "${service}"; nothing was overwritten: move it away, or set DATA_DIR to another folder.`);
  }
  return identity;
}

function readFrom(file: string): { format: number | null; identity: StoreIdentity | null } {
  let sqlite: Database.Database | undefined;
  try {
    sqlite = new Database(file, { readonly: true, fileMustExist: true });
    const format = readFormat(sqlite);
    return { format, identity: format !== null && format <= FORMAT ? readIdentity(sqlite) : null };
  } catch {
    throw new StoreError('UNREADABLE', `${file} cannot be read as a SQLite database (truncated, or something else); move it away and run "npm run seed".`);
  } finally {
    sqlite?.close();
  }
}
