import { getTableName } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { StoreDb } from './open.js';
import { prepare, rowReader } from './reader.js';
import type { Sql } from './sql.js';

/**
 * Reads rows by id: one statement for any number of ids, prepared once. Rows come in the order asked; `null` where an id
 * is unknown.
 */
export function rowsById<Table extends SQLiteTable>(db: StoreDb, table: Table, id: AnySQLiteColumn) {
  type Row = Table['$inferSelect'];
  const read = rowsWhere(db, table, id, []);
  return (ids: readonly string[]): (Row | null)[] => {
    const found = new Map<string, Row>(read(ids));
    return ids.map((wanted) => found.get(wanted) ?? null);
  };
}

/**
 * Reads the rows that hang on each parent, in the order of `order`: one statement for any number of parents, prepared once.
 */
export function rowsOfParents<Table extends SQLiteTable>(db: StoreDb, table: Table, parent: AnySQLiteColumn, ...order: AnySQLiteColumn[]) {
  return rowsOfParentsWhere(db, table, parent, undefined, ...order);
}

/** The same, of those rows only that a condition holds of. */
export function rowsOfParentsWhere<Table extends SQLiteTable>(db: StoreDb, table: Table, parent: AnySQLiteColumn, where: Sql | undefined, ...order: AnySQLiteColumn[]) {
  type Row = Table['$inferSelect'];
  const read = rowsWhere(db, table, parent, order, where);
  return (parents: readonly string[]): Row[][] => {
    const found = new Map<string, Row[]>(parents.map((key) => [key, []]));
    for (const [key, row] of read(parents)) found.get(key)?.push(row);
    return parents.map((key) => found.get(key) ?? []);
  };
}

function rowsWhere<Table extends SQLiteTable>(db: StoreDb, table: Table, column: AnySQLiteColumn, order: AnySQLiteColumn[], where?: Sql) {
  type Row = Table['$inferSelect'];
  const reader = rowReader(table);
  const key = reader.indexOf(column);
  if (key < 0) throw new Error(`${column.name} is no column of the table.`);
  const ordered = order.length === 0 ? '' : ` order by ${order.map(({ name }) => `"${name}"`).join(', ')}`;
  const text = `select ${reader.columns()} from "${getTableName(table)}" where "${column.name}" in (select value from json_each(?))${where ? ` and ${where.text}` : ''}${ordered}`;
  const values = where?.values ?? [];
  return (keys: readonly string[]): [string, Row][] => {
    const rows = prepare(db, text)
      .raw(true)
      .all(JSON.stringify(keys), ...values) as unknown[][];
    return rows.map((row) => [row[key] as string, reader.row(row, 0)]);
  };
}
