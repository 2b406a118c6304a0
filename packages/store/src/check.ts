import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { StoreError } from './errors.js';
import type { StoreIdentity } from './identity.js';
import { inspectStore } from './open.js';

/** Reads a whole store, and says what is wrong with it; null where nothing is. It takes as long as the file is large. */
export function integrityOf(file: string): string | null {
  const sqlite = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const said = sqlite.pragma('integrity_check(1)', { simple: true });
    if (said !== 'ok') return String(said);
    const dangling = (sqlite.pragma('foreign_key_check') as unknown[]).length;
    return dangling === 0 ? null : `${dangling} dangling rows`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    sqlite.close();
  }
}

/**
 * What a store is, once all of it was read and found whole. A thread of its own reads it, so that requests are answered
 * meanwhile. Rejects with a StoreError where the store cannot be served.
 */
export async function checkStore(file: string, service: string, migrations?: URL): Promise<StoreIdentity> {
  const identity = inspectStore(file, service, migrations);
  const worker = new Worker(new URL('./checkWorker.js', import.meta.url), { workerData: file });
  const [problem] = (await once(worker, 'message')) as [string | null];
  if (problem !== null)
    throw new StoreError(
      'DAMAGED',
      `${file} is damaged (${problem}); move it away and run "npm run seed", or restore a backup.`,
    );
  return identity;
}
