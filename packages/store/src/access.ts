import { accessSync, constants } from 'node:fs';
import { StoreError } from './errors.js';

/** Throws a StoreError if this process has no right to read a file. A missing file is accepted. */
export function assertReadable(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    throw new StoreError(
      'UNREADABLE',
      `${file} is not accessible (${code}); the user ${process.geteuid?.() ?? 'of this process'} needs the right to read it and to enter its folder.`,
    );
  }
}
