import './node24GcWorkaround.js';
import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { serviceCommand } from '@dossier/domain';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { StoreError } from './errors.js';
import { FORMAT, readFormat, readIdentity, type StoreIdentity } from './identity.js';
import { compareMigrations, type MigrationsState } from './migrations.js';
import { observeQueries, onReadFailure, type ReadDb } from './query.js';
import { readSums } from './sums.js';

/** An open, read-only store. */
export interface Store {
  readonly db: ReadDb;
  /** Where the store is, for messages: its path, or a description without an address. */
  readonly source: string;
  readonly revision: string;
  readonly builtAt: Date;
  /** Of a store that is not a file: why it cannot be read now, as a code; null if it can. */
  failure?: () => string | null;
  /** Of a store that is not a file: the servers that it is read from. */
  servers?: () => readonly ServerState[];
  close(): void;
}

/** A server of a database. */
export interface ServerState {
  /** `primary`, or `standby 1` and so on in the order of the settings: a name without an address. */
  name: string;
  /** Why it cannot be reached, as a code; null if it can. */
  failure: string | null;
}

export interface OpenOptions {
  /** The service's migrations: a store with other migrations is rejected. Not checked if left out. */
  migrations?: URL | undefined;
  /** Called with every SQL statement that is run; for tests and tracing. */
  onStatement?: (sql: string) => void;
  /** Called with the duration of every query, in seconds; for metrics. */
  onQueryDuration?: (seconds: number) => void;
  /** Called for each query that fails because the file is damaged or cannot be read, with the reason. */
  onReadFailure?: (reason: string) => void;
}

/**
 * Opens a service's store read-only. Throws a StoreError that names the file and the remedy if it is missing, unreadable, not
 * this service's store, or built by another version.
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
  if (options.onReadFailure) onReadFailure(db, options.onReadFailure);
  if (options.onQueryDuration) observeQueries(db, options.onQueryDuration);
  return { db, source: file, revision: identity.revision, builtAt: statSync(file).mtime, close: () => sqlite.close() };
}

/** The identity of a store file, without leaving it open. Throws a StoreError as `openStore` does. */
export function inspectStore(file: string, service: string, migrations?: URL): StoreIdentity {
  const seed = `"${serviceCommand(service, 'seed')}"`;
  const stats = readableStats(file);
  if (!stats) throw new StoreError('MISSING', `${file} does not exist; run ${seed} to build it.`);
  if (!stats.isFile())
    throw new StoreError('FOREIGN', `${file} is not a regular file. Move it away, then run ${seed}.`);
  if (stats.size === 0) throw new StoreError('UNREADABLE', `${file} is empty. Move it away, then run ${seed}.`);
  const { format, identity, state } = readFrom(file, migrations, seed);
  // First, since this program cannot read the identity in a newer format.
  if (format !== null && format > FORMAT)
    throw new StoreError(
      'NEWER',
      `${file} was built by a newer version (format ${format}, known ${FORMAT}); run that version, or move the file away.`,
    );
  if (identity === null || identity.service !== service) {
    const what =
      identity === null ? 'not a store of this project' : `the store of "${identity.service}", not of "${service}"`;
    throw new StoreError(
      'FOREIGN',
      `${file} is ${what}; it was not overwritten. Move it away, or set DATA_DIR to another folder.`,
    );
  }
  if (state === 'newer')
    throw new StoreError(
      'NEWER',
      `${file} was built by a newer version (it has unknown migrations); run that version, or move the file away.`,
    );
  if (state === 'older' || (format !== null && format < FORMAT))
    throw new StoreError('OLDER', `${file} was built by an older version; run ${seed} to rebuild it.`);
  return identity;
}

/** What to do about errors of the file system that are not about permissions. */
const REMEDIES: Record<string, string> = {
  ENOTDIR: 'a part of this path is a file; expected folders. Set DATA_DIR to the folder of the stores',
  ELOOP: 'its symbolic links form a loop; remove the link',
  EIO: 'the disk reports an error; check it, then restore a backup',
};

/** The status of a store's file; null if it does not exist. Throws a StoreError if it may not be read. */
function readableStats(file: string): Stats | null {
  try {
    const stats = statSync(file);
    accessSync(file, constants.R_OK);
    return stats;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    const remedy =
      REMEDIES[code ?? ''] ??
      `user ${process.getuid?.() ?? 'unknown'} needs read permission for the file and access to its folder`;
    throw new StoreError('NO_ACCESS', `${file} cannot be read (${code}): ${remedy}.`);
  }
}

interface Contents {
  format: number | null;
  identity: StoreIdentity | null;
  state: MigrationsState;
}

function readFrom(file: string, migrations: URL | undefined, seed: string): Contents {
  let sqlite: Database.Database | undefined;
  try {
    sqlite = new Database(file, { readonly: true, fileMustExist: true });
    const format = readFormat(sqlite);
    const identity = format !== null && format <= FORMAT ? readIdentity(sqlite) : null;
    return { format, identity, state: identity && migrations ? compareMigrations(sqlite, migrations) : 'same' };
  } catch {
    throw new StoreError(
      'UNREADABLE',
      readSums(file).length > 0
        ? `${file} is damaged: it is not a readable SQLite database. Run ${seed} to rebuild it, or restore a backup.`
        : `${file} is not a readable SQLite database. Move it away, then run ${seed}.`,
    );
  } finally {
    sqlite?.close();
  }
}
