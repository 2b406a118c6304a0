import { getTableColumns, getTableName } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { prepare, type StoreDb } from './query.js';
import { recordingOf } from './recording.js';
import type { Sql } from './sql.js';
import { trackRow } from './trackRows.js';

interface Insert {
  name: string;
  text: string;
  ifAbsent: string;
  withRowid: string;
  columns: [property: string, column: AnySQLiteColumn][];
}

const inserts = new WeakMap<SQLiteTable, Insert>();

/**
 * Inserts a row with a cached prepared statement. Returns its rowid, which is the next one unless it is given; it is not a number if the
 * row is recorded instead.
 */
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

/** Runs SQL that returns no rows. */
export function run(db: StoreDb, { text, values }: Sql): void {
  const recording = recordingOf(db);
  if (recording) recording.add(text, values, null);
  else prepare(db, text).run(...values);
}

function insert(
  db: StoreDb,
  table: SQLiteTable,
  values: Record<string, unknown>,
  variant: 'text' | 'ifAbsent' | 'withRowid',
  rowid?: number,
): number | bigint {
  const { name, columns, [variant]: text } = insertFor(table);
  const parameters = columns.map(([property, column]) => toParameter(column, values[property]));
  if (rowid !== undefined) parameters.push(rowid);
  const recording = recordingOf(db);
  if (recording) {
    recording.add(text, parameters, name);
    return rowid ?? Number.NaN;
  }
  const { changes, lastInsertRowid } = prepare(db, text).run(...parameters);
  if (changes > 0) trackRow(db, name, lastInsertRowid);
  return lastInsertRowid;
}

function insertFor(table: SQLiteTable): Insert {
  let cached = inserts.get(table);
  if (!cached) {
    const columns = Object.entries(getTableColumns(table)) as [string, AnySQLiteColumn][];
    const names = columns.map(([, { name }]) => `"${name}"`).join(', ');
    const text = `insert into "${getTableName(table)}" (${names}) values (${columns.map(() => '?').join(', ')})`;
    const withRowid = `insert into "${getTableName(table)}" (${names}, rowid) values (${columns.map(() => '?').join(', ')}, ?)`;
    cached = { name: getTableName(table), text, ifAbsent: `${text} on conflict do nothing`, withRowid, columns };
    inserts.set(table, cached);
  }
  return cached;
}

const toParameter = (column: AnySQLiteColumn, value: unknown): unknown =>
  value === undefined || value === null ? null : column.mapToDriverValue(value);
