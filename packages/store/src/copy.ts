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
  /** The service's migrations, as `openStore` takes them. */
  migrations: URL;
  /** Replace what stands at `to`. */
  force?: boolean;
}

/**
 * Copies a store through SQLite's online backup, to back it up or to restore it: the original is checked, then the copy,
 * and only a copy that is whole and of the same revision is renamed into place. A kill leaves what was there before.
 * Rejects with a StoreError that names the file and the remedy.
 */
export async function copyStore({ from, to, service, migrations, force = false }: CopyOptions): Promise<StoreIdentity> {
  const identity = await checkStore(from, service, migrations);
  if (existsSync(to) && !force)
    throw new StoreError(
      'IN_THE_WAY',
      `${to} exists; nothing was overwritten: give --force to replace it, or another folder.`,
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
        `${from} was replaced while it was copied; nothing was overwritten: run the command again.`,
      );
    syncPath(copy);
    renameSync(copy, to);
    syncPath(dirname(to));
  } finally {
    for (const leftover of [copy, `${copy}-journal`]) rmSync(leftover, { force: true });
  }
  return identity;
}
