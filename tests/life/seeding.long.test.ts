import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTempFolder, removeFolder, run } from '../support/processes.js';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(() => {
  folder = createTempFolder();
});
afterAll(() => removeFolder(folder));

const seed = (dataDir: string, env: Record<string, string> = {}) =>
  run('gateway/dist/seedCli.js', [], { DATA_DIR: join(folder, dataDir), ...env });

it('seeding produces the same bytes for the same seeds in every process', async () => {
  expect((await seed('first')).status).toBe(0);
  expect((await seed('second')).status).toBe(0);
  for (const service of ['actors', 'statements', 'sanctions', 'trade']) {
    const [first, second] = ['first', 'second'].map((dataDir) =>
      readFileSync(join(folder, dataDir, `${service}.sqlite`)),
    ) as [Buffer, Buffer];
    expect(first.equals(second), service).toBe(true);
  }
});
