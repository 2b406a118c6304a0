import { REGISTER } from '@dossier/seed-format/sources';
import type { PartsFile, StoreBuild } from '@dossier/store';
import type { Plan } from './plan.js';
import { insertShared } from './sharedRows.js';

/** Completes a store whose rows of all folders are inserted, and puts it in place. */
export function finishStore({ definition }: Plan, { db, write, finish }: StoreBuild, parts: PartsFile): void {
  const { finishRows, shared } = definition;
  write(() => finishRows?.(db));
  if (shared) write(() => insertShared(db, shared, () => parts.each(REGISTER, 'shared')));
  finish();
}
