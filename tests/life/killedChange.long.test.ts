import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { contentsOf, Dispatches, nameOf } from '../support/dispatches.js';
import { createTempFolder, removeFolder, run } from '../support/processes.js';

const isSoak = process.env['SOAK'] === '1';
/** How often seeding is killed at a random moment. */
const MOMENTS = isSoak ? 60 : 1;
const DOCUMENTS = 30;
vi.setConfig({ testTimeout: 60_000 + MOMENTS * 20_000, hookTimeout: 120_000 });

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];
/** Seeding is killed when one of these stores has been replaced. */
const REPLACED = isSoak ? SERVICES : ['actors', 'sanctions'];
const FILES = SERVICES.flatMap((service) => [`${service}.sqlite`, `${service}.sqlite.sums`]).sort();
/** What is known of the parts of the stores, which may be lost. */
const PARTS = '.parts-actors-sanctions-statements-trade';
const SEEDING = 'gateway/dist/seedCli.js';

let folder: string;
let dispatches: Dispatches;
const at = (name: string) => join(folder, name);
const store = (dataDir: string, service: string) => join(dataDir, `${service}.sqlite`);
const seed = (dataDir: string) => run(SEEDING, [], { DATA_DIR: dataDir, SEEDS_DIR: dispatches.seedsDir });

beforeAll(() => {
  folder = createTempFolder();
  dispatches = new Dispatches(folder);
});
afterAll(() => removeFolder(folder));

/** The contents of each store, which begin with its revision. */
const contents = (dataDir: string): string[] =>
  SERVICES.map((service) => JSON.stringify(contentsOf(store(dataDir, service))));

/** Resolves when a store has been replaced, or the process has ended. */
async function replacement(child: ChildProcess, file: string): Promise<void> {
  const { ino } = statSync(file);
  while (child.exitCode === null && statSync(file).ino === ino) await setImmediate();
}

it(`seeding again after a change, killed when ${REPLACED.join(', ')} were replaced and ${MOMENTS} times at random, leaves each store as before or as from scratch`, async () => {
  dispatches.writeAll(DOCUMENTS);
  expect((await seed(at('before'))).status).toBe(0);
  const before = contents(at('before'));
  dispatches.edit(nameOf(5), 'statements', ({ statements }) =>
    Object.assign(statements?.[1] ?? {}, { summary: 'Now closed.' }),
  );
  dispatches.remove(nameOf(DOCUMENTS));
  expect((await seed(at('scratch'))).status).toBe(0);
  const after = contents(at('scratch'));
  const dataDir = at('data');
  const restore = () => {
    rmSync(dataDir, { recursive: true, force: true });
    cpSync(at('before'), dataDir, { recursive: true });
  };
  restore();
  const startedAt = performance.now();
  expect((await seed(dataDir)).status).toBe(0);
  const milliseconds = performance.now() - startedAt;
  expect(contents(dataDir)).toEqual(after);

  const moments = [
    ...REPLACED.map((service) => (child: ChildProcess) => replacement(child, store(dataDir, service))),
    // After its code is loaded, and some of them after its end.
    ...Array.from({ length: MOMENTS }, () => (child: ChildProcess) => {
      const moment = performance.now() + milliseconds * (0.3 + 0.75 * Math.random());
      return (async () => {
        while (child.exitCode === null && performance.now() < moment) await setImmediate();
      })();
    }),
  ];
  const replaced: number[] = [];
  for (const moment of moments) {
    restore();
    const child = spawn(process.execPath, [join(workspaceRoot(), SEEDING)], {
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, SEEDS_DIR: dispatches.seedsDir },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await moment(child);
    child.kill('SIGKILL');
    await ended;

    const left = contents(dataDir);
    for (const [index, each] of left.entries()) expect([before[index], after[index]]).toContain(each);
    replaced.push(left.filter((each, index) => each === after[index]).length);
    expect(await seed(dataDir)).toMatchObject({ status: 0 });
    expect(contents(dataDir)).toEqual(after);
    expect(
      readdirSync(dataDir)
        .sort()
        .filter((name) => name !== PARTS),
    ).toEqual(FILES);
  }
  process.stdout.write(`Stores replaced when seeding was killed: ${replaced.join(', ')}.\n`);
  // Otherwise it was not killed in the middle.
  expect(replaced.some((count) => count > 0 && count < SERVICES.length)).toBe(true);
});
