import { getTableColumns, getTableName } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { prepare, type StoreDb } from './query.js';
import type { Sql } from './sql.js';

interface Insert {
  text: string;
  ifAbsent: string;
  withRowid: string;
  columns: [property: string, column: AnySQLiteColumn][];
}

const inserts = new WeakMap<SQLiteTable, Insert>();

/** Inserts a row with a cached prepared statement. Returns its rowid, which is the next one unless it is given. */
export const insertRow = <Table extends SQLiteTable>(
  db: StoreDb,
  table: Table,
  values: Table['$inferInsert'],
  rowid?: number,
): number | bigint => insert(db, table, values, rowid === undefined ? 'text' : 'withRowid', rowid);

/** Inserts a row unless one with the same key exists. Throws on any other violated constraint, which `insert or ignore` would not. */
export const insertIfAbsent = <Table extends SQLiteTable>(
  db: StoreDb,
  table: Table,
  values: Table['$inferInsert'],
): void => void insert(db, table, values, 'ifAbsent');

/** The first and the last rowid of the rows that were inserted into a table, by its name. */
export type InsertedRows = Map<string, [first: number, last: number]>;

const insertedRows = new WeakMap<StoreDb, InsertedRows>();

/** The rows that are inserted into the tables of a store from now on, until this is called again. */
export function trackInserts(db: StoreDb): InsertedRows {
  const rows: InsertedRows = new Map();
  insertedRows.set(db, rows);
  return rows;
}

function track(db: StoreDb, table: SQLiteTable, rowid: number | bigint): void {
  const rows = insertedRows.get(db);
  if (!rows) return;
  const row = Number(rowid);
  const name = getTableName(table);
  const known = rows.get(name);
  if (!known) rows.set(name, [row, row]);
  else if (row > known[1]) known[1] = row;
  else if (row < known[0]) known[0] = row;
}

/** Runs SQL that returns no rows. */
export const run = (db: StoreDb, { text, values }: Sql): void => void prepare(db, text).run(...values);

function insert(
  db: StoreDb,
  table: SQLiteTable,
  values: Record<string, unknown>,
  variant: 'text' | 'ifAbsent' | 'withRowid',
  ...rowid: (number | undefined)[]
): number | bigint {
  const { columns, [variant]: text } = insertFor(table);
  const parameters = columns.map(([property, column]) => toParameter(column, values[property]));
  const { changes, lastInsertRowid } = prepare(db, text).run(
    ...parameters,
    ...rowid.filter((given) => given !== undefined),
  );
  if (changes > 0) track(db, table, lastInsertRowid);
  return lastInsertRowid;
}

function insertFor(table: SQLiteTable): Insert {
  let cached = inserts.get(table);
  if (!cached) {
    const columns = Object.entries(getTableColumns(table)) as [string, AnySQLiteColumn][];
    const names = columns.map(([, { name }]) => `"${name}"`).join(', ');
    const text = `insert into "${getTableName(table)}" (${names}) values (${columns.map(() => '?').join(', ')})`;
    const withRowid = `insert into "${getTableName(table)}" (${names}, rowid) values (${columns.map(() => '?').join(', ')}, ?)`;
    cached = { text, ifAbsent: `${text} on conflict do nothing`, withRowid, columns };
    inserts.set(table, cached);
  }
  return cached;
}

const toParameter = (column: AnySQLiteColumn, value: unknown): unknown =>
  value === undefined || value === null ? null : column.mapToDriverValue(value);
