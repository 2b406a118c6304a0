import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { inject } from 'vitest';

const WAIT_MS = 50;
const MAX_WAIT_MS = 120_000;

/**
 * Stores of the real seeds. Built once per run by the first test file that needs them, because seeding takes seconds.
 * Read-only.
 */
export function sharedStores(): string {
  const folder = inject('sharedStores');
  const stores = join(folder, 'stores');
  if (existsSync(stores)) return stores;
  if (isFirst(join(folder, 'building'))) {
    const unfinished = join(folder, 'unfinished');
    // In a process of its own, since test files need the stores before they can wait for a promise.
    execFileSync(process.execPath, [join(workspaceRoot(), 'gateway/dist/seedCli.js')], {
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: unfinished },
    });
    renameSync(unfinished, stores);
  }
  for (let waited = 0; !existsSync(stores); waited += WAIT_MS) {
    if (waited > MAX_WAIT_MS) throw new Error('The stores that all test files share were not built.');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
  }
  return stores;
}

/** A copy of the shared stores, in a folder of its own unless one is named. The caller removes it. */
export function copyOfStores(folder = mkdtempSync(join(tmpdir(), 'dossier-'))): string {
  cpSync(sharedStores(), folder, { recursive: true });
  return folder;
}

function isFirst(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
