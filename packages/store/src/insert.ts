import { getTableColumns, getTableName } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { StoreDb } from './open.js';
import { prepare } from './reader.js';
import type { Sql } from './sql.js';

interface Insert {
  text: string;
  once: string;
  columns: [property: string, column: AnySQLiteColumn][];
}

const inserts = new WeakMap<SQLiteTable, Insert>();

/** Puts a row into a table, by a statement prepared once. Gives the row's number. */
export const insertRow = <Table extends SQLiteTable>(
  db: StoreDb,
  table: Table,
  values: Table['$inferInsert'],
): number | bigint => insert(db, table, values, 'text');

/** The same, unless there is a row of the same key. A row that is wrong in another way is refused, as `insert or ignore` would not. */
export const insertOnce = <Table extends SQLiteTable>(db: StoreDb, table: Table, values: Table['$inferInsert']): void =>
  void insert(db, table, values, 'once');

/** Runs a statement that gives no rows. */
export const run = (db: StoreDb, { text, values }: Sql): void => void prepare(db, text).run(...values);

function insert(
  db: StoreDb,
  table: SQLiteTable,
  values: Record<string, unknown>,
  how: 'text' | 'once',
): number | bigint {
  const { columns, [how]: text } = insertOf(table);
  return prepare(db, text).run(...columns.map(([property, column]) => bound(column, values[property]))).lastInsertRowid;
}

function insertOf(table: SQLiteTable): Insert {
  let known = inserts.get(table);
  if (!known) {
    const columns = Object.entries(getTableColumns(table)) as [string, AnySQLiteColumn][];
    const names = columns.map(([, { name }]) => `"${name}"`).join(', ');
    const text = `insert into "${getTableName(table)}" (${names}) values (${columns.map(() => '?').join(', ')})`;
    known = { text, once: `${text} on conflict do nothing`, columns };
    inserts.set(table, known);
  }
  return known;
}

const bound = (column: AnySQLiteColumn, value: unknown): unknown =>
  value === undefined || value === null ? null : column.mapToDriverValue(value);
