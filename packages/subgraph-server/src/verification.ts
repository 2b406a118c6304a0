import { setTimeout as wait } from 'node:timers/promises';
import { type Log, silentLog } from '@dossier/http-server';
import { repairOf, verifyStore } from '@dossier/store';
import type { StoreState } from './storeHandle.js';
import type { Subgraph } from './subgraph.js';

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
  const progress = { isReady: beforeReadyMs === 0 };
  const becomeReady = async () => {
    await wait(beforeReadyMs, undefined, { ref: false });
    progress.isReady = true;
  };
  await Promise.race([verifyEach(subgraphs, progress, log), becomeReady()]);
  progress.isReady = true;
}

/** Rejects with the first damage that is found before the process is ready; later damage is recorded in the store's handle. */
async function verifyEach(subgraphs: readonly Subgraph[], progress: { isReady: boolean }, log: Log): Promise<void> {
  const afterBlock = async (milliseconds: number) => {
    if (progress.isReady) await wait(milliseconds, undefined, { ref: false });
  };
  const inFiles = subgraphs.flatMap(({ name, file, storeHandle }) =>
    file === null ? [] : [{ name, file, storeHandle }],
  );
  for (const { storeHandle } of inFiles) storeHandle.verified('verifying');
  for (const { name, file, storeHandle } of inFiles) {
    const { revision, signal } = storeHandle;
    try {
      const verification = await verifyStore(file, { service: name, revision }, repairOf(name), { signal, afterBlock });
      storeHandle.verified(verification);
      if (verification === 'unverified')
        log.warn(
          { store: name, file },
          `the store has no checksums of its revision, so damage to it is not detected. ${repairOf(name)}`,
        );
    } catch (error) {
      if (signal.aborted) continue;
      if (!progress.isReady) throw error;
      storeHandle.damaged((error as Error).message);
    }
  }
}

/** Why a process with these stores must not receive requests; null if it may. */
export const damagedStores = (subgraphs: readonly Subgraph[]): string | null => storesThatAre('damaged', subgraphs);

/** Why a process that serves nothing but these stores cannot answer; null if it can. */
export const unavailableStores = (subgraphs: readonly Subgraph[]): string | null =>
  storesThatAre('unavailable', subgraphs);

function storesThatAre(state: StoreState, subgraphs: readonly Subgraph[]): string | null {
  const names = subgraphs.filter(({ storeHandle }) => storeHandle.state === state).map(({ name }) => name);
  return names.length === 0 ? null : `${state} store: ${names.join(', ')}`;
}

/** The least certain state of several stores, for the health check. */
export function combinedState(subgraphs: readonly Subgraph[]): StoreState {
  const states = subgraphs.map(({ storeHandle }) => storeHandle.state);
  return (
    (['damaged', 'unavailable', 'verifying', 'unverified'] as const).find((state) => states.includes(state)) ??
    'verified'
  );
}
