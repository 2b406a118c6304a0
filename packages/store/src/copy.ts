import { constants, existsSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStoreFolder } from './build.js';
import { checkStore } from './check.js';
import { asWriteError, StoreError, writing } from './errors.js';
import { removeLeftovers, temporaryFile } from './files.js';
import type { StoreIdentity } from './identity.js';
import { type LockOptions, lockStore } from './lock.js';
import { putInPlace } from './replace.js';
import { computeSums, findChangedBytes, readSums } from './sums.js';

export interface CopyOptions extends LockOptions {
  from: string;
  to: string;
  service: string;
  /** The service's migrations; see OpenOptions. */
  migrations: URL;
  /** Replace an existing file at `to`. */
  force?: boolean;
}

/**
 * Copies a store with its checksums, to back it up or to restore it; both may be served meanwhile, because a store's file is
 * replaced, never written. Checks the original, then the copy, and renames the copy into place only if it is intact and has the
 * same bytes. A killed process leaves the previous file. Rejects with a StoreError that names the file and the remedy.
 */
export async function copyStore(options: CopyOptions): Promise<StoreIdentity> {
  const { from, to, service, migrations, force = false } = options;
  const identity = await checkStore(from, service, migrations);
  createStoreFolder(to);
  const lock = await lockStore(to, options);
  try {
    if (existsSync(to) && !force)
      throw new StoreError(
        'ALREADY_EXISTS',
        `${to} already exists and was not overwritten; use --force to replace it, or choose another folder.`,
      );
    removeLeftovers(to);
    const copy = temporaryFile(to, 'copying');
    try {
      await copyFile(from, copy, constants.COPYFILE_FICLONE).catch((error) => {
        throw asWriteError(error, to);
      });
      const { revision } = await checkStore(copy, service, migrations);
      const sums = computeSums(copy, identity);
      const recorded = readSums(from).filter((store) => store.revision === revision);
      const isSame = recorded.length === 0 || recorded.some(({ blocks }) => blocks.join() === sums.blocks.join());
      if (revision !== identity.revision || !isSame)
        throw new StoreError(
          'DAMAGED',
          `${from} was replaced while it was being copied; nothing was overwritten. Run the command again.`,
        );
      writing(to, () => putInPlace(copy, to, sums));
    } finally {
      rmSync(copy, { force: true });
    }
  } finally {
    lock.release();
  }
  return identity;
}

/** The path of a published store in a folder, or below a URL. */
export const publishedPath = (service: string, revision: string): string => `${service}/${revision}.sqlite`;

/**
 * Copies a store to where `fetchStore` finds it: `<folder>/<service>/<revision>.sqlite` and its `.sums`. A store that is there
 * already, and is intact, is left as it is.
 */
export async function publishStore({
  folder,
  ...options
}: Omit<CopyOptions, 'to' | 'force'> & { folder: string }): Promise<{ file: string; identity: StoreIdentity }> {
  const identity = await checkStore(options.from, options.service, options.migrations);
  const file = join(folder, publishedPath(options.service, identity.revision));
  const published = existsSync(file) ? await findChangedBytes(file, identity) : null;
  const isPublished = published !== null && 'verification' in published && published.verification === 'verified';
  if (!isPublished) await copyStore({ ...options, to: file, force: true });
  return { file, identity };
}
