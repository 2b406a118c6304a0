import { setTimeout as wait } from 'node:timers/promises';
import { type Log, silentLog } from '@dossier/http-server';
import { repairOf, type StoreError, verifyStore } from '@dossier/store';
import type { Subgraph } from './subgraph.js';

/**
 * Whether the bytes of a store in use are known to be those that were built: `verifying` while they are compared with their
 * checksums, `unverified` if there are none, `damaged` also if a query has failed because of the file.
 */
export type StoreState = 'verifying' | 'verified' | 'unverified' | 'damaged';

/** Time that a program waits for the verification before it serves requests, in milliseconds. */
const BEFORE_READY_MS = 2_000;

/**
 * Compares stores with their checksums. Resolves when all are verified, or after two seconds; then it continues at half the
 * speed, and a damaged store makes the process not ready. Rejects with a StoreError if damage is found before.
 */
export async function verifyStores(
  subgraphs: readonly Subgraph[],
  { log = silentLog, beforeReadyMs = BEFORE_READY_MS }: { log?: Log; beforeReadyMs?: number } = {},
): Promise<void> {
  let isReady = false;
  const afterBlock = async (milliseconds: number) => {
    if (isReady) await wait(milliseconds, undefined, { ref: false });
  };
  const verification = verifyEach(subgraphs, afterBlock, log);
  try {
    await Promise.race([verification, wait(beforeReadyMs, undefined, { ref: false })]);
  } finally {
    isReady = true;
  }
  // Damage that is found later is recorded in the store's handle.
  verification.catch(() => {});
}

async function verifyEach(
  subgraphs: readonly Subgraph[],
  afterBlock: (milliseconds: number) => Promise<void>,
  log: Log,
): Promise<void> {
  const failures: StoreError[] = [];
  for (const { storeHandle } of subgraphs) storeHandle.verified('verifying');
  for (const { name, file, storeHandle } of subgraphs) {
    try {
      const { revision, signal } = storeHandle;
      const verification = await verifyStore(file, { service: name, revision }, repairOf(name), { signal, afterBlock });
      storeHandle.verified(verification);
      if (verification === 'unverified')
        log.warn(
          { store: name, file },
          `the store has no checksums, so damage to it is not detected. ${repairOf(name)}`,
        );
    } catch (error) {
      if (storeHandle.signal.aborted) continue;
      storeHandle.damaged((error as Error).message);
      failures.push(error as StoreError);
    }
  }
  if (failures[0]) throw failures[0];
}

/** Why a process with these stores must not receive requests; null if it may. */
export function damagedStores(subgraphs: readonly Subgraph[]): string | null {
  const names = subgraphs.filter(({ storeHandle }) => storeHandle.state === 'damaged').map(({ name }) => name);
  return names.length === 0 ? null : `damaged store: ${names.join(', ')}`;
}

/** The least certain state of several stores, for the health check. */
export function combinedState(subgraphs: readonly Subgraph[]): StoreState {
  const states = subgraphs.map(({ storeHandle }) => storeHandle.state);
  return (['damaged', 'verifying', 'unverified'] as const).find((state) => states.includes(state)) ?? 'verified';
}
