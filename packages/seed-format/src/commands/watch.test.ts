import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { citeFolder } from '../testing/citeFolder.js';
import { watchFolders } from './watch.js';

describe('watched folders', () => {
  let folders: ReturnType<typeof citeFolder>;
  beforeEach(() => {
    folders = citeFolder();
  });
  afterEach(() => rmSync(folders.root, { recursive: true }));

  it('cause a run at first and after each kind of change, until the signal aborts', async () => {
    const stop = new AbortController();
    const runs = vi.fn();
    const watching = watchFolders([folders.seeds], runs, stop.signal);
    const nextRun = async (change: () => void) => {
      const before = runs.mock.calls.length;
      change();
      await vi.waitFor(() => expect(runs.mock.calls.length).toBeGreaterThan(before), { timeout: 20_000 });
    };
    const file = join(folders.seeds, 'ruritania-1/actors.yaml');

    await nextRun(() => {});
    await nextRun(() => appendFileSync(file, '# more\n'));
    // As editors do: the new file takes the place of the old one, twice in a row.
    for (const round of [1, 2])
      await nextRun(() => {
        writeFileSync(`${file}.new`, `${readFileSync(file, 'utf8')}# ${round}\n`);
        renameSync(`${file}.new`, file);
      });
    await nextRun(() => {
      mkdirSync(join(folders.seeds, 'ruritania-3'));
      writeFileSync(join(folders.seeds, 'ruritania-3/actors.yaml'), 'actors: []\n');
    });
    await nextRun(() => writeFileSync(join(folders.seeds, 'ruritania-3/actors.yaml'), 'actors: [] # more\n'));
    await nextRun(() => rmSync(join(folders.seeds, 'ruritania-3'), { recursive: true }));
    stop.abort();
    await watching;
  });
});
