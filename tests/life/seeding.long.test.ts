import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { changedSeeds, createTempFolder, removeFolder, run } from '../support/processes.js';

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

it('seeding records both sides of a trade figure within one country as that country', async () => {
  const seedsDir = changedSeeds(join(folder, 'seeds'));
  const file = join(seedsDir, 'memri-sd-10149/trade.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('partner: north-korea', 'partner: russia'));
  const { status, stderr } = await seed('within', { SEEDS_DIR: seedsDir });
  expect(status, stderr).toBe(0);
  const trade = new Database(join(folder, 'within/trade.sqlite'), { readonly: true });
  const sides = trade.prepare('select actor_id, counterpart_id from figure_party where figure_id = ?').raw(true);
  expect(sides.all('figure:memri-sd-10149/F01')).toEqual([['polity:russia', 'polity:russia']]);
  expect(sides.all('figure:memri-sd-10149/F02')).toHaveLength(2);
  trade.close();
});
