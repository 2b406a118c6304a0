import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { checkStore } from './check.js';
import { StoreError } from './errors.js';
import { removeLeftovers, syncPath } from './files.js';
import type { StoreIdentity } from './identity.js';

const COPYING = '.copying-';

export interface CopyOptions {
  from: string;
  to: string;
  service: string;
  /** The service's migrations; see OpenOptions. */
  migrations: URL;
  /** Replace an existing file at `to`. */
  force?: boolean;
}

/**
 * Copies a store with SQLite's online backup, to back it up or to restore it. Checks the original, then the copy, and renames
 * the copy into place only if it is intact and has the same revision. A killed process leaves the previous file.
 * Rejects with a StoreError that names the file and the remedy.
 * https://www.sqlite.org/backup.html
 */
export async function copyStore({ from, to, service, migrations, force = false }: CopyOptions): Promise<StoreIdentity> {
  const identity = await checkStore(from, service, migrations);
  if (existsSync(to) && !force)
    throw new StoreError(
      'ALREADY_EXISTS',
      `${to} already exists and was not overwritten; use --force to replace it, or choose another folder.`,
    );
  mkdirSync(dirname(to), { recursive: true });
  removeLeftovers(to, COPYING);
  const copy = `${to}${COPYING}${process.pid}`;
  try {
    const original = new Database(from, { readonly: true, fileMustExist: true });
    try {
      await original.backup(copy);
    } finally {
      original.close();
    }
    const { revision } = await checkStore(copy, service, migrations);
    if (revision !== identity.revision)
      throw new StoreError(
        'DAMAGED',
        `${from} was replaced while it was being copied; nothing was overwritten. Run the command again.`,
      );
    syncPath(copy);
    renameSync(copy, to);
    syncPath(dirname(to));
  } finally {
    for (const leftover of [copy, `${copy}-journal`]) rmSync(leftover, { force: true });
  }
  return identity;
}
