import { join } from 'node:path';
import { StoreError, type StoreLock, tryLockStore } from '@dossier/store';
import { createProposalsFolder, ProposalsError } from '../proposals/proposalFile.js';
import { runFileName } from './runFile.js';

/**
 * Takes the right to run a model on a document: two runs would pay for every paragraph twice, and each would replace the file of the other. It is
 * the lock of stores, which the kernel releases however the process ends. Throws a ProposalsError if another run has it.
 */
export function lockRun(seedsDir: string, document: string): StoreLock {
  const lock = tryLock(seedsDir, document);
  if (lock) return lock;
  throw new ProposalsError(
    `Another "seeds propose --model" is running for ${document}, so nothing was sent; wait until it has finished, or end it.`,
  );
}

function tryLock(seedsDir: string, document: string): StoreLock | null {
  try {
    createProposalsFolder(seedsDir);
    return tryLockStore(join(seedsDir, runFileName(document)));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? (error instanceof StoreError ? error.reason : undefined);
    if (code === undefined) throw error;
    throw new ProposalsError(
      `.proposals cannot be written (${code}), so nothing was sent; expected a seeds folder that can be written.`,
    );
  }
}
