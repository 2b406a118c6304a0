import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { changedSeeds, createTempFolder, removeFolder, run } from '../support/processes.js';

/** How often seeding is killed: a few times by default, often with SOAK=1. */
const MOMENTS = process.env['SOAK'] === '1' ? 50 : 8;
vi.setConfig({ testTimeout: MOMENTS * 30_000, hookTimeout: 120_000 });

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];
/** Of the stores, and nothing else. */
const FILES = SERVICES.flatMap((service) => [`${service}.sqlite`, `${service}.sqlite.sums`]).sort();
/** What is known of the parts of the stores, which may be lost. */
const PARTS = '.parts-actors-sanctions-statements-trade';
const SEEDING = 'gateway/dist/seedCli.js';

let folder: string;
let dataDir: string;
const seedsOf = (remark: string) => join(folder, remark);
const seed = (remark: string) => run(SEEDING, [], { DATA_DIR: dataDir, SEEDS_DIR: seedsOf(remark) });

beforeAll(() => {
  folder = createTempFolder();
  dataDir = join(folder, 'data');
  for (const remark of ['one', 'two']) changedSeeds(seedsOf(remark), remark);
});
afterAll(() => removeFolder(folder));

const filesIn = (dir: string) =>
  readdirSync(dir)
    .filter((name) => name !== PARTS)
    .sort();

/** The revision of each store, all of which must be valid. */
function revisions(): string[] {
  return SERVICES.map((service) => {
    const db = new Database(join(dataDir, `${service}.sqlite`), { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const revision = db.prepare('select revision from store').pluck().get() as string;
    db.close();
    return revision;
  });
}

it(`a seeding killed at any of ${MOMENTS} points leaves the complete old or new store, and the next one cleans up`, async () => {
  const known = new Map<string, string[]>();
  let milliseconds = 0;
  for (const remark of ['one', 'two']) {
    const startedAt = Date.now();
    expect((await seed(remark)).status).toBe(0);
    milliseconds = Date.now() - startedAt;
    known.set(remark, revisions());
  }
  let inPlace = 'two';
  let killed = 0;

  for (let moment = 0; moment < MOMENTS; moment++) {
    const wanted = inPlace === 'one' ? 'two' : 'one';
    const before = revisions();
    const child = spawn(process.execPath, [join(workspaceRoot(), SEEDING)], {
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, SEEDS_DIR: seedsOf(wanted) },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    // The times are after its code is loaded, and one of them after its end.
    const timer = setTimeout(
      () => child.kill('SIGKILL'),
      milliseconds * (0.3 + 0.75 * ((moment + Math.random()) / MOMENTS)),
    );
    const [, signal] = await ended;
    clearTimeout(timer);
    if (signal === 'SIGKILL') killed++;

    const after = revisions();
    for (const [index, revision] of after.entries())
      expect([before[index], known.get(wanted)?.[index]]).toContain(revision);
    if (moment % 3 === 2) {
      expect(await seed(wanted)).toMatchObject({ status: 0 });
      expect(revisions()).toEqual(known.get(wanted));
      expect(filesIn(dataDir)).toEqual(FILES);
      inPlace = wanted;
    }
  }
  process.stdout.write(`Killed ${killed} of ${MOMENTS} seedings, each of about ${milliseconds} ms.\n`);
  expect(killed).toBeGreaterThan(MOMENTS / 3);
});

it('a first seeding that is killed leaves no partial store', async () => {
  removeFolder(dataDir);
  for (let moment = 0; moment < MOMENTS / 4; moment++) {
    const child = spawn(process.execPath, [join(workspaceRoot(), SEEDING)], {
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, SEEDS_DIR: seedsOf('one') },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    // Once it reports that a store is finished, the next is being built.
    child.stdout?.once('data', () => child.kill('SIGKILL'));
    const timer = setTimeout(() => child.kill('SIGKILL'), 200 + 400 * Math.random());
    await once(child, 'exit');
    clearTimeout(timer);
    for (const service of SERVICES.filter((name) => existsSync(join(dataDir, `${name}.sqlite`)))) {
      const db = new Database(join(dataDir, `${service}.sqlite`), { readonly: true });
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      db.close();
    }
  }
  expect((await seed('one')).status).toBe(0);
  expect(filesIn(dataDir)).toEqual(FILES);
});
