import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder in which the first test file that needs stores builds them, for all files of the run. */
    sharedStores: string;
  }
}

/** Makes the folder of a run, and removes it at its end. */
export default function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-shared-'));
  provide('sharedStores', folder);
  provide('storesUrl', null);
  return () => rmSync(folder, { recursive: true, force: true });
}
