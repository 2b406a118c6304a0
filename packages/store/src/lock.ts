import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { asWriteError, StoreError } from './errors.js';
import { hasLeftovers, lockFile, removeLeftovers } from './files.js';

/** The exclusive right to write a store and the temporary files next to it. */
export interface StoreLock {
  release: () => void;
}

export interface LockOptions {
  /** Called once if another process has the lock. */
  onWait?: (file: string) => void;
  /** Maximum time to wait for another process, in milliseconds. */
  timeoutMs?: number;
}

/** Building a store of a million statements takes minutes. */
const TIMEOUT_MS = 15 * 60_000;
const POLL_MS = 100;
/** The databases of the locks of this process: one that is garbage collected is closed, which would release its lock. */
const held = new Set<Database.Database>();

/**
 * Takes the lock of a store, in a file next to it. Rejects with a StoreError if another process keeps it for longer than the
 * timeout, or if the folder cannot be written.
 *
 * The lock is that of SQLite's exclusive transaction. The kernel releases it when the process ends, however it ends, and it holds
 * across containers that share a volume, where process ids mean nothing.
 * https://www.sqlite.org/lockingv3.html
 */
export async function lockStore(
  file: string,
  { onWait, timeoutMs = TIMEOUT_MS }: LockOptions = {},
): Promise<StoreLock> {
  const deadline = performance.now() + timeoutMs;
  for (let isFirst = true; ; isFirst = false) {
    const lock = tryLockStore(file);
    if (lock) return lock;
    if (performance.now() >= deadline) throw lockedError(file);
    if (isFirst) onWait?.(file);
    await wait(POLL_MS);
  }
}

/** Takes the locks of several stores, always in the same order so that two processes cannot wait for each other. */
export async function lockStores(files: readonly string[], options: LockOptions = {}): Promise<StoreLock> {
  const locks: StoreLock[] = [];
  const release = () => {
    for (const lock of locks.splice(0)) lock.release();
  };
  try {
    for (const file of [...files].sort()) locks.push(await lockStore(file, options));
  } catch (error) {
    release();
    throw error;
  }
  return { release };
}

export const lockedError = (file: string): StoreError =>
  new StoreError(
    'LOCKED',
    `${file} is being written by another process; wait until it has finished, then run the command again.`,
  );

/** Takes the lock of a store, or of another file that one process at a time may write; null if another process, or this one, has it. */
export function tryLockStore(file: string): StoreLock | null {
  const path = lockFile(file);
  for (;;) {
    createIfMissing(path, file);
    const opened = identify(path);
    const database = openIfExists(path, file);
    if (!opened || !database) continue;
    try {
      // Nothing is ever written, so that there is nothing to roll back from a journal.
      database.pragma('journal_mode = memory');
      database.exec('begin exclusive');
    } catch (error) {
      database.close();
      if (String((error as NodeJS.ErrnoException).code).startsWith('SQLITE_BUSY')) return null;
      throw asWriteError(error, file);
    }
    // Otherwise the previous owner removed it after it was opened, and another process may hold the lock on a new one.
    if (identify(path) === opened) {
      held.add(database);
      return {
        release: () => {
          rmSync(path, { force: true });
          database.close();
          held.delete(database);
        },
      };
    }
    database.close();
  }
}

/** Opens only a file that does not exist: closing any descriptor of a locked file would release the lock of this process. */
function createIfMissing(path: string, file: string): void {
  try {
    closeSync(openSync(path, 'wx'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw asWriteError(error, file);
  }
}

function openIfExists(path: string, file: string): Database.Database | null {
  try {
    return new Database(path, { fileMustExist: true, timeout: 0 });
  } catch (error) {
    if (!identify(path)) return null;
    throw asWriteError(error, file);
  }
}

function identify(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.dev} ${stats.ino} ${stats.birthtimeNs}` : null;
}

/**
 * Removes what a killed process left next to a store that need not be written, unless another process writes it. Does nothing if
 * the folder cannot be written: leftovers do no harm.
 */
export function cleanUp(file: string): void {
  try {
    const lock = hasLeftovers(file) ? tryLockStore(file) : null;
    if (!lock) return;
    removeLeftovers(file);
    lock.release();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
  }
}
