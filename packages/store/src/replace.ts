import { renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncPath } from './files.js';
import { readSums, type StoreSums, writeSums } from './sums.js';

/**
 * Replaces a store and its checksums with a complete file. A process that is killed at any moment leaves the old or the new store,
 * with its checksums. Only the owner of the store's lock may do so.
 */
export function putInPlace(complete: string, file: string, sums: StoreSums): void {
  syncPath(complete);
  const previous = readSums(file);
  writeSums(file, [sums, ...previous]);
  renameSync(complete, file);
  syncPath(dirname(file));
  if (previous.length > 0) writeSums(file, [sums]);
}
