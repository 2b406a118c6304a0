import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// Built: a thread runs a part of it.
import { checkStore } from '../dist/check.js';
import { copyStore } from '../dist/copy.js';
import { tryLockStore } from '../dist/lock.js';
import { writeIdentity } from './identity.js';

let folder: string;
const at = (name: string) => join(folder, name);
const copy = (force = false) =>
  copyStore({
    from: at('houses.sqlite'),
    to: at('copies/houses.sqlite'),
    service: 'houses',
    migrations: new URL(`file://${folder}/`),
    force,
  });

function aStore(name: string, revision: string): void {
  const db = new Database(at(name));
  db.exec(
    'create table __drizzle_migrations (hash text); create table house (id text primary key, street text) strict; create index by_street on house (street)',
  );
  const insert = db.prepare('insert into house values (?, ?)');
  db.transaction(() => {
    for (let house = 0; house < 2000; house++) insert.run(`h${house}`, `street ${house % 7}`);
  })();
  writeIdentity(db, { service: 'houses', revision });
  db.close();
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-copy-'));
  aStore('houses.sqlite', 'one');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a copy of a store', () => {
  it('has the same rows as the store, and leaves no temporary file', async () => {
    writeFileSync(at('houses.sqlite.copying-1'), '');
    expect((await copy()).revision).toBe('one');
    const db = new Database(at('copies/houses.sqlite'), { readonly: true });
    expect(db.prepare('select count(*) from house').pluck().get()).toBe(2000);
    db.close();
    expect(readdirSync(at('copies'))).toEqual(['houses.sqlite', 'houses.sqlite.sums']);
  });

  it('removes the temporary file of a killed copy', async () => {
    await copy();
    for (const name of ['copying-999999999', 'sums.building-1'])
      writeFileSync(at(`copies/houses.sqlite.${name}`), 'half');
    await copy(true);
    expect(readdirSync(at('copies'))).toEqual(['houses.sqlite', 'houses.sqlite.sums']);
  });

  it('overwrites an existing file only with force', async () => {
    await copy();
    rmSync(at('houses.sqlite'));
    aStore('houses.sqlite', 'two');
    const before = readFileSync(at('copies/houses.sqlite'));
    await expect(copy()).rejects.toThrow(
      expect.objectContaining({
        reason: 'ALREADY_EXISTS',
        message: expect.stringMatching(/copies\/houses\.sqlite already exists.*--force/),
      }),
    );
    expect(readFileSync(at('copies/houses.sqlite')).equals(before)).toBe(true);
    expect((await copy(true)).revision).toBe('two');
  });

  it('of a damaged store is rejected, and leaves the previous copy', async () => {
    await copy();
    const before = readFileSync(at('copies/houses.sqlite'));
    const bytes = readFileSync(at('houses.sqlite'));
    bytes.fill(0xff, 4 * 4096, 10 * 4096);
    writeFileSync(at('houses.sqlite'), bytes);
    await expect(copy(true)).rejects.toThrow(
      expect.objectContaining({ reason: 'DAMAGED', message: expect.stringMatching(/houses\.sqlite is damaged/) }),
    );
    expect(readFileSync(at('copies/houses.sqlite')).equals(before)).toBe(true);
    expect(readdirSync(at('copies'))).toEqual(['houses.sqlite', 'houses.sqlite.sums']);
  });

  it('has the same bytes, and checksums of them', async () => {
    await copy();

    expect(readFileSync(at('copies/houses.sqlite')).equals(readFileSync(at('houses.sqlite')))).toBe(true);
    expect(await checkStore(at('copies/houses.sqlite'), 'houses')).toMatchObject({ verification: 'verified' });
  });

  it('waits for another writer of the same file', async () => {
    mkdirSync(at('copies'));
    const lock = tryLockStore(at('copies/houses.sqlite'));
    const waiting = copyStore({
      from: at('houses.sqlite'),
      to: at('copies/houses.sqlite'),
      service: 'houses',
      migrations: new URL(`file://${folder}/`),
      onWait: () => lock?.release(),
    });

    expect((await waiting).revision).toBe('one');
    expect(readdirSync(at('copies'))).toEqual(['houses.sqlite', 'houses.sqlite.sums']);
  });

  it('of the store of another service is rejected', async () => {
    new Database(at('houses.sqlite')).exec("update store set service = 'ships'").close();
    await expect(copy()).rejects.toThrow(expect.objectContaining({ reason: 'FOREIGN' }));
  });
});
