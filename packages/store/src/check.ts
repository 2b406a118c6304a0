import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { serviceCommand } from '@dossier/domain';
import Database from 'better-sqlite3';
import { StoreError } from './errors.js';
import type { StoreIdentity } from './identity.js';
import { inspectStore } from './open.js';
import { type Verification, verifyStore } from './sums.js';

/** Reads the whole store and returns what is wrong with it, or null. Takes time proportional to the size of the file. */
export function findDamage(file: string): string | null {
  const sqlite = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const result = sqlite.pragma('integrity_check(1)', { simple: true });
    if (result !== 'ok') return String(result);
    const dangling = (sqlite.pragma('foreign_key_check') as unknown[]).length;
    return dangling === 0 ? null : `${dangling} rows refer to a row that does not exist`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    sqlite.close();
  }
}

/** What to do about a damaged store. */
export const repairOf = (service: string): string =>
  `Run "${serviceCommand(service, 'seed')}" to rebuild it, or restore a backup.`;

/**
 * Checks the whole store in a worker thread, so that requests are not blocked, and resolves with its identity, and whether it
 * has checksums. Rejects with a StoreError if the store is damaged or cannot be served.
 */
export async function checkStore(
  file: string,
  service: string,
  migrations?: URL,
): Promise<StoreIdentity & { verification: Verification }> {
  const identity = inspectStore(file, service, migrations);
  const verification = await verifyStore(file, identity, repairOf(service));
  const worker = new Worker(new URL('./checkWorker.js', import.meta.url), { workerData: file });
  const [problem] = (await once(worker, 'message')) as [string | null];
  if (problem !== null) throw new StoreError('DAMAGED', `${file} is damaged (${problem}). ${repairOf(service)}`);
  return { ...identity, verification };
}
