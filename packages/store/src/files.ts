import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Calls fsync on a file or a folder, so that writes and renames survive a power failure. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** What a temporary file is for; part of its name. */
const PURPOSES = ['building', 'copying', 'fetching'] as const;

/** A name next to a file that no other process uses: process ids are not unique on a volume that containers share. */
export const temporaryFile = (file: string, purpose: (typeof PURPOSES)[number], name: string = randomUUID()): string =>
  `${file}.${purpose}-${name}`;

/** Removes the temporary files of killed processes next to a store, except one. Only the owner of the store's lock may do so. */
export function removeLeftovers(file: string, except?: string): void {
  const prefixes = [file, `${file}.sums`].flatMap((path) => PURPOSES.map((purpose) => `${basename(path)}.${purpose}-`));
  for (const name of readdirSync(dirname(file))) {
    if (name !== (except && basename(except)) && prefixes.some((prefix) => name.startsWith(prefix)))
      rmSync(join(dirname(file), name), { force: true });
  }
}
