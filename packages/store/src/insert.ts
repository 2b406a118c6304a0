import { getTableColumns, getTableName } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { prepare, type StoreDb } from './query.js';
import type { Sql } from './sql.js';

interface Insert {
  text: string;
  ifAbsent: string;
  columns: [property: string, column: AnySQLiteColumn][];
}

const inserts = new WeakMap<SQLiteTable, Insert>();

/** Inserts a row with a cached prepared statement. Returns its rowid. */
export const insertRow = <Table extends SQLiteTable>(
  db: StoreDb,
  table: Table,
  values: Table['$inferInsert'],
): number | bigint => insert(db, table, values, 'text');

/** Inserts a row unless one with the same key exists. Throws on any other violated constraint, which `insert or ignore` would not. */
export const insertIfAbsent = <Table extends SQLiteTable>(
  db: StoreDb,
  table: Table,
  values: Table['$inferInsert'],
): void => void insert(db, table, values, 'ifAbsent');

/** Runs SQL that returns no rows. */
export const run = (db: StoreDb, { text, values }: Sql): void => void prepare(db, text).run(...values);

function insert(
  db: StoreDb,
  table: SQLiteTable,
  values: Record<string, unknown>,
  variant: 'text' | 'ifAbsent',
): number | bigint {
  const { columns, [variant]: text } = insertFor(table);
  return prepare(db, text).run(...columns.map(([property, column]) => toParameter(column, values[property])))
    .lastInsertRowid;
}

function insertFor(table: SQLiteTable): Insert {
  let cached = inserts.get(table);
  if (!cached) {
    const columns = Object.entries(getTableColumns(table)) as [string, AnySQLiteColumn][];
    const names = columns.map(([, { name }]) => `"${name}"`).join(', ');
    const text = `insert into "${getTableName(table)}" (${names}) values (${columns.map(() => '?').join(', ')})`;
    cached = { text, ifAbsent: `${text} on conflict do nothing`, columns };
    inserts.set(table, cached);
  }
  return cached;
}

const toParameter = (column: AnySQLiteColumn, value: unknown): unknown =>
  value === undefined || value === null ? null : column.mapToDriverValue(value);
