import { StoreError } from '@dossier/store';
import type { Failed } from './messages.js';

/** An error as a message to another thread. */
export const failedWith = (error: unknown): Failed => ({
  kind: 'failed',
  message: error instanceof Error ? error.message : String(error),
  stack: error instanceof Error ? error.stack : undefined,
  storeError: error instanceof StoreError ? error.reason : null,
});

/** The error of another thread. */
export function errorOf({ message, stack, storeError }: Failed): Error {
  if (storeError !== null) return new StoreError(storeError, message);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
