import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertIfAbsent, insertRow, run } from './insert.js';
import { queryValues, type StoreDb } from './query.js';
import { RowRecording, recordedInserter } from './recording.js';
import { sql } from './sql.js';
import { trackInserts } from './trackRows.js';

const house = sqliteTable('house', {
  id: text('id').primaryKey(),
  isOld: integer('is_old', { mode: 'boolean' }).notNull(),
  note: text('note'),
});

let db: StoreDb;
let recording: RowRecording;
beforeEach(() => {
  db = drizzle({ client: new Database(':memory:') });
  db.$client.exec('create table house (id text primary key not null, is_old integer not null, note text) strict');
  recording = new RowRecording();
});

const rows = () => db.$client.prepare('select rowid, * from house order by rowid').raw().all();

describe('recorded rows', () => {
  it('are inserted later as they would have been, and tracked by their ids', () => {
    const insert = recordedInserter(db);
    insertRow(recording.db, house, { id: 'a', isOld: true }, 7);
    insertIfAbsent(recording.db, house, { id: 'a', isOld: false });
    const first = structuredClone(recording.take());
    insertRow(recording.db, house, { id: 'b', isOld: false, note: 'new' }, 9);
    run(recording.db, sql`update house set note = ${'old'} where id = ${'a'}`);
    const inserted = trackInserts(db);

    insert(first);
    insert(structuredClone(recording.take()));

    expect(rows()).toEqual([
      [7, 'a', 1, 'old'],
      [9, 'b', 0, 'new'],
    ]);
    expect([...inserted]).toEqual([['house', [7, 9]]]);
  });

  it('have no id before they are inserted, unless it is given, and nothing can be read', () => {
    expect([
      insertRow(recording.db, house, { id: 'a', isOld: true }),
      insertRow(recording.db, house, { id: 'b', isOld: true }, 3),
    ]).toEqual([Number.NaN, 3]);
    expect(() => queryValues(recording.db, sql`select id from house`)).toThrow(/must not depend on the rows of others/);
  });
});
