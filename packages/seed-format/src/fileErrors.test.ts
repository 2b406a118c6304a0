import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileErrorMessage, remedyFor } from './fileErrors.js';

const errorOf = (operation: () => unknown): NodeJS.ErrnoException => {
  try {
    operation();
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
  throw new Error('The operation did not fail.');
};

describe('an error of the file system', () => {
  it('names the file, the code and the remedy in one line', () => {
    const dir = mkdtempSync(join(tmpdir(), 'dossier-errors-'));
    try {
      const file = join(dir, 'file');
      writeFileSync(file, '');

      expect(fileErrorMessage(errorOf(() => readdirSync(file)))).toBe(
        `${file} cannot be read (ENOTDIR); expected a folder where there is a file; move the file away.`,
      );
      expect(fileErrorMessage(errorOf(() => writeFileSync(join(dir, 'none', 'file'), '')))).toBe(
        `${join(dir, 'none', 'file')} cannot be opened (ENOENT); expected the file and its folder to exist.`,
      );
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it.each([
    [
      'EACCES',
      'mkdir',
      '/seeds cannot be created (EACCES); expected permission for it; change the owner or the permissions',
    ],
    [
      'EROFS',
      'rename',
      '/seeds cannot be renamed (EROFS); expected a file system that is not read-only; copy the folder',
    ],
    ['ENOSPC', 'write', '/seeds cannot be written (ENOSPC); expected free space on the disk.'],
  ])('says what would help: %s', (code, syscall, message) => {
    expect(fileErrorMessage(Object.assign(new Error('raw'), { code, syscall, path: '/seeds' }))).toContain(message);
  });

  it('has a remedy for every code', () => {
    expect(remedyFor('EIO')).toBe('a file and a folder that can be written');
    expect(remedyFor('constructor')).toBe('a file and a folder that can be written');
  });
});
