import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

/** Megabytes: enough for the data of a few folders, a quarter of what the records of all of them would need. */
const HEAP = 360;
const STATEMENTS = 60_000;

describe('seeding', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dossier-memory-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it(`reads and checks ${STATEMENTS} statements in ${HEAP} MB of heap`, () => {
    const stores = pathToFileURL(join(import.meta.dirname, '../bench/stores.mjs')).href;
    const program = `import { benchStores } from ${JSON.stringify(stores)}; console.log((await benchStores(${STATEMENTS})).seconds > 0);`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [`--max-old-space-size=${HEAP}`, '--input-type=module', '-e', program],
      { encoding: 'utf8', env: { ...process.env, TMPDIR: folder } },
    );

    expect(stdout.trim().split('\n').at(-1), stderr.slice(-500)).toBe('true');
  }, 300_000);
});
