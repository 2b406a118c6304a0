import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stageFile, UnwritableError } from '@dossier/seed-format/authoring';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Journal } from './journal.js';

let seedsDir: string;
const read = (name: string) => readFileSync(join(seedsDir, 'zenda', name), 'utf8');
const write = (name: string, source: string) => writeFileSync(join(seedsDir, 'zenda', name), source);
beforeEach(() => {
  seedsDir = mkdtempSync(join(tmpdir(), 'journal-'));
  mkdirSync(join(seedsDir, 'zenda'));
  write('actors.yaml', 'actors: []\n');
  write('trade.yaml', 'figures: []\n');
});
afterEach(() => rmSync(seedsDir, { recursive: true, force: true }));

const SOURCES = new Map([
  ['zenda/actors.yaml', 'actors: []\n'],
  ['zenda/trade.yaml', 'figures: []\n'],
]);
const CHANGED = new Map([
  ['zenda/actors.yaml', 'actors: [{ id: duke }]\n'],
  ['zenda/trade.yaml', 'figures: [{ id: F01 }]\n'],
]);
/** A journal on a disk on which something goes wrong when the trade file is written. */
const journalWith = (onTrade: (path: string) => void) =>
  new Journal({ seedsDir, documentsDir: null, folder: 'zenda' }, (path, content) => {
    if (path.endsWith('trade.yaml')) onTrade(path);
    return stageFile(path, content);
  });
const intact = () => ({
  actors: read('actors.yaml'),
  trade: read('trade.yaml'),
  files: readdirSync(join(seedsDir, 'zenda')),
});
const BEFORE = { actors: 'actors: []\n', trade: 'figures: []\n', files: ['actors.yaml', 'trade.yaml'] };

it.each([
  ['ENOSPC', 'WRITE_FAILED'],
  ['EIO', 'WRITE_FAILED'],
  ['EACCES', 'READ_ONLY'],
  ['EROFS', 'READ_ONLY'],
])('changes no file if one of several cannot be written: %s is %s', (reason, code) => {
  const journal = journalWith((path) => {
    throw new UnwritableError(path, reason);
  });

  expect(() => journal.write('add both', CHANGED, SOURCES)).toThrow(
    expect.objectContaining({
      code,
      message: `zenda/trade.yaml cannot be written (${reason}), so nothing was changed.`,
    }),
  );
  expect([intact(), journal.undoable]).toEqual([BEFORE, null]);
});

it('does not overwrite a file that was replaced while the change was being written', () => {
  const journal = journalWith(() => write('actors.yaml', 'actors: [{ id: by-hand }]\n'));

  expect(() => journal.write('add both', CHANGED, SOURCES)).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
  expect(intact()).toEqual({ ...BEFORE, actors: 'actors: [{ id: by-hand }]\n' });
});

it('keeps what can be undone if undoing fails, so that it can be tried again', () => {
  let isFull = false;
  const journal = journalWith((path) => {
    if (isFull) throw new UnwritableError(path, 'ENOSPC');
  });
  journal.write('add both', CHANGED, SOURCES);
  isFull = true;

  expect(() => journal.undo()).toThrow(expect.objectContaining({ code: 'WRITE_FAILED' }));
  expect([read('actors.yaml'), journal.undoable]).toEqual([CHANGED.get('zenda/actors.yaml'), 'add both']);
  isFull = false;
  expect(journal.undo()).toBe('add both');
  expect(intact()).toEqual(BEFORE);
});
