import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { json } from './columns.js';
import { insertIfAbsent, insertRow, run } from './insert.js';
import type { StoreDb } from './query.js';
import { sql } from './sql.js';

const house = sqliteTable('house', {
  id: text('id').primaryKey(),
  rooms: json<string[]>('rooms').notNull(),
  isOld: integer('is_old', { mode: 'boolean' }).notNull(),
  note: text('note'),
});

let db: StoreDb;
beforeEach(() => {
  db = drizzle({ client: new Database(':memory:') });
  db.$client.exec(
    'create table house (id text primary key not null, rooms text not null, is_old integer not null, note text) strict',
  );
});

const row = { id: 'a', rooms: ['hall', "l'atelier"], isOld: true };

describe('an inserted row', () => {
  it('is read as it was written, with null for omitted columns', () => {
    insertRow(db, house, row);
    expect(db.select().from(house).all()).toEqual([{ ...row, note: null }]);
  });

  it('returns its rowid', () => {
    expect([insertRow(db, house, row), insertRow(db, house, { ...row, id: 'b' })]).toEqual([1, 2]);
  });

  it('is rejected if its key exists, unless it is inserted if absent', () => {
    insertRow(db, house, row);
    expect(() => insertRow(db, house, row)).toThrow(/UNIQUE/);
    insertIfAbsent(db, house, { ...row, note: 'again' });
    insertIfAbsent(db, house, { ...row, id: 'b' });
    expect(
      db
        .select()
        .from(house)
        .all()
        .map(({ id, note }) => [id, note]),
    ).toEqual([
      ['a', null],
      ['b', null],
    ]);
  });

  it('is never skipped silently if a required value is missing', () => {
    const wrong = { id: 'a', isOld: true } as typeof house.$inferInsert;
    expect(() => insertRow(db, house, wrong)).toThrow(/NOT NULL/);
    expect(() => insertIfAbsent(db, house, wrong)).toThrow(/NOT NULL/);
  });
});

describe('a statement', () => {
  it('is run with its parameters', () => {
    insertRow(db, house, row);
    run(db, sql`update ${house} set note = ${'x'} where ${house.id} = ${'a'}`);
    expect(db.select().from(house).get()?.note).toBe('x');
  });
});
