import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import type { TestProject } from 'vitest/node';
import { postgres, startPostgres } from './postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of a database with the stores of the real seeds, of the reader, if the tests of the run read from one; else null. */
    storesUrl: string | null;
  }
}

/** Starts a database for all files of a project, with the stores of the real seeds. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  // Then the files run on files, and the skipped tests in tests/postgres say what is missing.
  if (postgres.isMissing) return async () => {};
  const server = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'dossier-published-'));
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, STORE_URL: server.publisherUrl };
  for (const args of [['seedCli.js'], ['operateCli.js', 'publish']])
    execFileSync(process.execPath, [join(workspaceRoot(), 'gateway/dist', args[0] as string), ...args.slice(1)], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  rmSync(folder, { recursive: true, force: true });
  provide('storesUrl', server.readerUrl);
  return () => server.close();
}
