import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanUp, lockStore, lockStores, tryLockStore } from './lock.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-lock-'));
  file = join(folder, 'houses.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock of a store', () => {
  it('has one owner at a time, and leaves no file', () => {
    const first = tryLockStore(file);
    expect(tryLockStore(file)).toBeNull();
    first?.release();
    const second = tryLockStore(file);
    expect(second).not.toBeNull();
    second?.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is released by the kernel when its owner is killed', async () => {
    const module = new URL('../dist/lock.js', import.meta.url).href;
    const code = `import { tryLockStore } from ${JSON.stringify(module)};
      const isOwner = tryLockStore(${JSON.stringify(file)}) !== null;
      // A lock that is not used any more is not released by the garbage collector.
      gc();
      setTimeout(() => { gc(); console.log(isOwner); }, 10); setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [text] = await once(owner.stdout, 'data');
    expect(String(text)).toBe('true\n');
    expect(tryLockStore(file)).toBeNull();

    owner.kill('SIGKILL');
    await once(owner, 'exit');

    expect(readdirSync(folder)).toEqual(['houses.sqlite.lock']);
    const lock = tryLockStore(file);
    expect(lock).not.toBeNull();
    lock?.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says once that it waits, and takes over when the owner has finished', async () => {
    const owner = tryLockStore(file);
    const waits: string[] = [];
    const next = lockStore(file, {
      onWait: (path) => {
        waits.push(path);
        setTimeout(() => owner?.release(), 250);
      },
    });

    (await next).release();

    expect(waits).toEqual([file]);
  });

  it('is not waited for longer than the timeout; then the error names the file', async () => {
    const owner = tryLockStore(file);
    await expect(lockStore(file, { timeoutMs: 0 })).rejects.toThrow(
      expect.objectContaining({ reason: 'LOCKED', message: expect.stringContaining(file) }),
    );
    owner?.release();
  });

  it('of several stores is all or nothing', async () => {
    const files = ['b', 'a'].map((name) => join(folder, `${name}.sqlite`));
    const owner = tryLockStore(files[0] as string);
    await expect(lockStores(files, { timeoutMs: 0 })).rejects.toThrow(/b\.sqlite/);
    owner?.release();
    const locks = await lockStores(files);
    expect(files.map(tryLockStore)).toEqual([null, null]);
    locks.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('and temporary files of a killed process are cleaned up, but not those of a running one', () => {
    const leftovers = ['houses.sqlite.building-1', 'houses.sqlite.fetching-one', 'houses.sqlite.sums.building-2'];
    for (const name of [...leftovers, 'houses.sqlite', 'houses.sqlite.sums', 'ships.sqlite.building-1'])
      writeFileSync(join(folder, name), '');
    const owner = tryLockStore(file);
    cleanUp(file);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(leftovers));

    owner?.release();
    writeFileSync(`${file}.lock`, '');
    cleanUp(file);

    expect(readdirSync(folder).sort()).toEqual(['houses.sqlite', 'houses.sqlite.sums', 'ships.sqlite.building-1']);
  });

  it('in a path that cannot be a folder is an error with the file and the remedy', () => {
    writeFileSync(file, '');
    expect(() => tryLockStore(join(file, 'houses.sqlite'))).toThrow(
      expect.objectContaining({ reason: 'NO_ACCESS', message: expect.stringMatching(/cannot be written \(ENOTDIR\)/) }),
    );
  });
});
