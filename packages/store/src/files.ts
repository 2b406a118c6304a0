import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs';
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

/** The lock of a store; see `lockStore`. */
export const lockFile = (file: string): string => `${file}.lock`;

/** The temporary files next to a store. */
function temporaryFilesOf(file: string): string[] {
  const prefixes = [file, `${file}.sums`].flatMap((path) => PURPOSES.map((purpose) => `${basename(path)}.${purpose}-`));
  return readdirSync(dirname(file))
    .filter((name) => prefixes.some((prefix) => name.startsWith(prefix)))
    .map((name) => join(dirname(file), name));
}

/** Whether there are files next to a store that a process that writes it has, or that a killed one left. */
export const hasLeftovers = (file: string): boolean =>
  existsSync(dirname(file)) && (existsSync(lockFile(file)) || temporaryFilesOf(file).length > 0);

/** Removes the temporary files of killed processes next to a store, except one. Only the owner of the store's lock may do so. */
export function removeLeftovers(file: string, except?: string): void {
  for (const path of temporaryFilesOf(file)) if (path !== except) rmSync(path, { force: true });
}
