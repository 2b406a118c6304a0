import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BuildOptions, buildStore } from './build.js';
import { json } from './columns.js';
import { identityOf } from './identity.js';
import { tryLockStore } from './lock.js';
import { openStore } from './open.js';
import type { StoreDb } from './query.js';

const house = sqliteTable('house', {
  id: text('id').primaryKey(),
  street: text('street').notNull(),
  rooms: json<string[]>('rooms').notNull(),
  isOld: integer('is_old', { mode: 'boolean' }).notNull(),
});

/** Of a folder with a store and its migrations. */
const FILES = ['houses.sqlite', 'houses.sqlite.sums', 'migrations'];

let folder: string;
let options: BuildOptions;

const writeJournal = (when: number) =>
  writeFileSync(
    join(folder, 'migrations/meta/_journal.json'),
    JSON.stringify({
      version: '7',
      dialect: 'sqlite',
      entries: [{ idx: 0, version: '6', when, tag: '0000_tables', breakpoints: true }],
    }),
  );

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-store-'));
  const migrations = join(folder, 'migrations');
  mkdirSync(join(migrations, 'meta'), { recursive: true });
  writeJournal(1);
  writeFileSync(
    join(migrations, '0000_tables.sql'),
    'CREATE TABLE house (id text primary key not null, street text not null, rooms text not null, is_old integer not null) STRICT;',
  );
  options = {
    file: join(folder, 'houses.sqlite'),
    identity: { service: 'houses', revision: 'one' },
    migrations: pathToFileURL(migrations),
    fill: (db) => {
      for (const [id, street] of [
        ['a', 'north'],
        ['b', 'south'],
        ['c', 'north'],
      ] as const)
        db.insert(house)
          .values({ id, street, rooms: [`of ${id}`], isOld: id === 'a' })
          .run();
    },
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The bytes of a file; null if it is not a file. */
const contentsOf = (file: string): Buffer | null =>
  statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : null;

function rewrite(file: string, statements: string): void {
  rmSync(file);
  new Database(file).exec(statements).close();
}

describe('building a store', () => {
  it('builds it, leaves it unchanged while its inputs are, and rebuilds it after a change', () => {
    expect(buildStore(options)).toBe('built');
    const first = readFileSync(options.file);
    expect(buildStore(options)).toBe('unchanged');
    expect(buildStore({ ...options, force: true })).toBe('rebuilt');
    expect(readFileSync(options.file).equals(first), 'the same seeds give the same bytes').toBe(true);
    writeJournal(2);
    buildStore({ ...options, force: true });
    expect(readFileSync(options.file).equals(first), 'whenever the migrations were generated').toBe(true);
    expect(buildStore({ ...options, identity: { service: 'houses', revision: 'two' } })).toBe('rebuilt');
    expect(openStore(options.file, 'houses').revision).toBe('two');
  });

  it('that fails leaves the previous store and no temporary file', () => {
    buildStore(options);
    const before = readFileSync(options.file);
    const fails = { ...options, identity: { service: 'houses', revision: 'two' } };
    expect(() =>
      buildStore({
        ...fails,
        fill: (db) => {
          options.fill(db);
          options.fill(db);
        },
      }),
    ).toThrow();
    expect(readFileSync(options.file).equals(before)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(FILES);
  });

  it('removes the temporary file of a killed build', () => {
    writeFileSync(`${options.file}.building-999999999`, 'half');
    buildStore(options);
    expect(readdirSync(folder).sort()).toEqual(FILES);
  });

  it('does not write while another process does, and does not remove its temporary file', () => {
    const other = `${options.file}.building-${process.pid}`;
    writeFileSync(other, 'half');
    const lock = tryLockStore(options.file);

    expect(() => buildStore(options)).toThrow(
      expect.objectContaining({ reason: 'LOCKED', message: expect.stringMatching(/houses\.sqlite is being written/) }),
    );
    expect(readFileSync(other, 'utf8')).toBe('half');

    lock?.release();
    expect(buildStore(options)).toBe('built');
    expect(readdirSync(folder).sort()).toEqual(FILES);
  });

  it('accepts references in any order, and rejects dangling ones', () => {
    const migrations = join(folder, 'migrations');
    writeFileSync(
      join(migrations, '0000_tables.sql'),
      'CREATE TABLE room (id text primary key not null, beside text not null references room(id)) STRICT;',
    );
    const fill = (last: string) => (db: StoreDb) =>
      void db.$client.exec(`insert into room values ('a', 'b'); insert into room values ('b', '${last}')`);
    expect(buildStore({ ...options, fill: fill('a') })).toBe('built');
    expect(() => buildStore({ ...options, fill: fill('z'), force: true })).toThrow(/FOREIGN KEY/);
  });

  it('rejects duplicate keys, although the index is created last', () => {
    const migrations = join(folder, 'migrations');
    writeFileSync(
      join(migrations, '0000_tables.sql'),
      'CREATE TABLE room (name text not null) STRICT;--> statement-breakpoint\nCREATE UNIQUE INDEX room_name ON room (name);',
    );
    const fill = (last: string) => (db: StoreDb) =>
      void db.$client.exec(`insert into room values ('a'); insert into room values ('${last}')`);
    expect(buildStore({ ...options, fill: fill('b') })).toBe('built');
    expect(() => buildStore({ ...options, fill: fill('a'), force: true })).toThrow(/UNIQUE/);
    expect(readdirSync(folder).sort()).toEqual(FILES);
  });

  it('replaces a file that is not readable any more, if the checksums say that it was its store', () => {
    buildStore(options);
    const before = readFileSync(options.file);
    for (const contents of [Buffer.alloc(0), Buffer.alloc(before.length, 0xff), before.subarray(0, 5000)]) {
      writeFileSync(options.file, contents);
      expect(() => openStore(options.file, 'houses')).toThrow(expect.objectContaining({ reason: 'UNREADABLE' }));
      expect(buildStore(options)).toBe('rebuilt');
      expect(readFileSync(options.file).equals(before)).toBe(true);
    }
  });

  it('never overwrites a file that is not its store', () => {
    writeFileSync(options.file, 'a letter');
    expect(() => buildStore(options)).toThrow(/houses\.sqlite/);
    expect(readFileSync(options.file, 'utf8')).toBe('a letter');
  });
});

describe('opening a store', () => {
  const broken: [what: string, reason: string, spoil: (file: string) => void][] = [
    ['missing', 'MISSING', (file) => rmSync(file)],
    ['empty', 'UNREADABLE', (file) => truncateSync(file, 0)],
    ['truncated', 'UNREADABLE', (file) => truncateSync(file, 5000)],
    ['not a database', 'UNREADABLE', (file) => writeFileSync(file, 'a letter '.repeat(100))],
    [
      'of another program',
      'FOREIGN',
      (file) => new Database(file).exec('drop table store; pragma application_id = 0').close(),
    ],
    ['of another service', 'FOREIGN', (file) => new Database(file).exec("update store set service = 'ships'").close()],
    ['another database', 'FOREIGN', (file) => rewrite(file, 'create table store (service text, revision text)')],
    ['of no service', 'FOREIGN', (file) => new Database(file).exec('delete from store').close()],
    ['of a newer program', 'NEWER', (file) => new Database(file).exec('pragma user_version = 99').close()],
    [
      'of a newer program that stores its name elsewhere',
      'NEWER',
      (file) => new Database(file).exec('pragma user_version = 99; drop table store').close(),
    ],
  ];

  it.each(broken)('that is %s fails with the file and the remedy, and does not change it', (_, reason, spoil) => {
    buildStore(options);
    rmSync(`${options.file}.sums`);
    spoil(options.file);
    const before = contentsOf(options.file);
    expect(() => openStore(options.file, 'houses')).toThrow(
      expect.objectContaining({ reason, message: expect.stringMatching(/houses\.sqlite.*(run|[Mm]ove)/) }),
    );
    if (reason !== 'MISSING')
      expect(() => buildStore({ ...options, force: true })).toThrow(expect.objectContaining({ reason }));
    expect(contentsOf(options.file)).toEqual(before);
  });

  it.each([
    [
      'below a file',
      /\(ENOTDIR\): a part of this path is a file; expected folders\. Set DATA_DIR/,
      () => join(options.file, 'houses.sqlite'),
    ],
    [
      'a link to itself',
      /\(ELOOP\): its symbolic links form a loop; remove the link/,
      () => {
        rmSync(options.file);
        symlinkSync('houses.sqlite', options.file);
        return options.file;
      },
    ],
  ])('that is %s fails with that reason, and does not ask for permissions', (_, message, spoil) => {
    buildStore(options);
    const file = spoil();
    expect(() => openStore(file, 'houses')).toThrow(expect.objectContaining({ reason: 'NO_ACCESS' }));
    expect(() => openStore(file, 'houses')).toThrow(message);
  });

  it('opens it read-only', () => {
    buildStore(options);
    const store = openStore(options.file, 'houses');
    expect(() => (store.db as StoreDb).$client.exec('delete from house')).toThrow(
      /readonly|not authorized|query_only/i,
    );
    store.close();
  });
});

describe('the identity of a store', () => {
  it('changes with the seeds, migrations and code', () => {
    const code = join(folder, 'seed.js');
    mkdirSync(join(folder, 'seed'));
    writeFileSync(code, '1');
    writeFileSync(join(folder, 'seed/part.js'), '1');
    const revision = (seeds = 's') =>
      identityOf('houses', { seeds, migrations: options.migrations, code: [pathToFileURL(code)] }).revision;
    const seen = [revision(), revision('other')];
    writeFileSync(join(folder, 'seed/part.js'), '2');
    seen.push(revision());
    writeFileSync(code, '2');
    seen.push(revision());
    writeFileSync(join(folder, 'migrations/0001_more.sql'), '--');
    seen.push(revision());
    expect(new Set(seen).size).toBe(5);
    expect(
      identityOf('ships', { seeds: 's', migrations: options.migrations, code: [pathToFileURL(code)] }).revision,
    ).not.toBe(seen.at(-1));
    expect(revision()).toBe(seen.at(-1));
  });
});
