import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { json } from './columns.js';
import type { MaybePromise } from './mapMaybePromise.js';
import type { StoreDb } from './query.js';
import { rowsById, rowsOfParents, rowsOfParentsWhere } from './rows.js';
import { sql } from './sql.js';

const house = sqliteTable('house', {
  id: text('id').primaryKey(),
  street: text('street').notNull(),
  rooms: json<string[]>('rooms').notNull(),
  isOld: integer('is_old', { mode: 'boolean' }).notNull(),
});

let ran: string[] = [];
let db: StoreDb;
beforeEach(() => {
  db = drizzle({ client: new Database(':memory:', { verbose: (statement) => ran.push(String(statement)) }) });
  db.$client.exec(`create table house (id text primary key, street text, rooms text, is_old integer);
    insert into house values ('c', 'north', '["of c"]', 0), ('b', 'south', '["of b"]', 0), ('a', 'north', '["of a"]', 1)`);
  ran = [];
});

/** A value of SQLite, which is never a promise. */
const atOnce = <Value>(value: MaybePromise<Value>): Value => {
  expect(value).not.toBeInstanceOf(Promise);
  return value as Value;
};

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);

describe('rows by id', () => {
  it('are in the order of the ids, null for an unknown id, from one query', () => {
    const rows = atOnce(rowsById(db, house, house.id)(['c', 'nothing', 'a']));
    expect(rows.map((row) => row && [row.id, row.rooms, row.isOld])).toEqual([
      ['c', ['of c'], false],
      null,
      ['a', ['of a'], true],
    ]);
    expect(ran).toHaveLength(1);
  });

  it('are the same on every read, alone or with other ids', () => {
    const read = rowsById(db, house, house.id);
    const id = fc.oneof(
      fc.constantFrom('a', 'b', 'c', "'", '"]', '\u0000', '😀', '__proto__'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(id), (requested) => {
        const known = requested.map((each) => (['a', 'b', 'c'].includes(each) ? [each, [`of ${each}`]] : null));
        expect(atOnce(read(requested)).map((row) => row && [row.id, row.rooms])).toEqual(known);
      }),
    );
  });
});

describe('cached rows', () => {
  it('include empty lists, but not unknown ids', () => {
    const [byId, byStreet] = [rowsById(db, house, house.id), rowsOfParents(db, house, house.street, house.id)];
    expect([byId.peek('a'), byStreet.peek('north')]).toEqual([undefined, undefined]);
    const [[row], lists] = [atOnce(byId(['a', 'nothing'])), byStreet(['north', 'none'])];
    ran = [];
    expect(byId.peek('a')).toBe(row);
    expect(byId.peek('nothing')).toBeUndefined();
    expect([byStreet.peek('north'), byStreet.peek('none')]).toEqual(lists);
    expect(ran).toEqual([]);
  });
});

describe('rows of parents', () => {
  it('are sorted by the given column, empty for a parent without rows, from one query', () => {
    expect(atOnce(rowsOfParents(db, house, house.street, house.id)(['south', 'none', 'north'])).map(ids)).toEqual([
      ['b'],
      [],
      ['a', 'c'],
    ]);
    expect(ran).toHaveLength(1);
  });

  it('are the same on every read', () => {
    const read = rowsOfParents(db, house, house.street, house.id);
    for (const requested of [['north'], ['none', 'north'], ['south', 'north', 'none', 'north']]) {
      expect(atOnce(read(requested)).map(ids)).toEqual(
        requested.map((street) => ({ north: ['a', 'c'], south: ['b'] })[street] ?? []),
      );
    }
  });

  it('are only those that match a condition', () => {
    const read = rowsOfParentsWhere(db, house, house.street, sql`${house.id} <> ${'a'}`, house.id);
    expect(atOnce(read(['north', 'south', 'north'])).map(ids)).toEqual([['c'], ['b'], ['c']]);
  });
});
