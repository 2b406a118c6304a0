import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { StoreDb } from './open.js';

/**
 * Reads rows by id: one statement for any number of ids, prepared once. Rows come in the order asked; `null` where an id
 * is unknown.
 */
export function rowsById<Table extends SQLiteTable>(db: StoreDb, table: Table, id: AnySQLiteColumn) {
  type Row = Table['$inferSelect'];
  const rowsIn = rowsWhere(db, table, id);
  const field = fieldOf(table, id);
  return (ids: readonly string[]): (Row | null)[] => {
    const found = new Map(rowsIn(ids).map((row) => [row[field as keyof Row] as string, row]));
    return ids.map((wanted) => found.get(wanted) ?? null);
  };
}

/**
 * Reads the rows that hang on each parent, in the order of `order`: one statement for any number of parents, prepared once.
 */
export function rowsOfParents<Table extends SQLiteTable>(db: StoreDb, table: Table, parent: AnySQLiteColumn, ...order: AnySQLiteColumn[]) {
  type Row = Table['$inferSelect'];
  const rowsIn = rowsWhere(db, table, parent, ...order);
  const field = fieldOf(table, parent);
  return (parents: readonly string[]): Row[][] => {
    const found = new Map<string, Row[]>(parents.map((key) => [key, []]));
    for (const row of rowsIn(parents)) found.get(row[field as keyof Row] as string)?.push(row);
    return parents.map((key) => found.get(key) ?? []);
  };
}

function rowsWhere<Table extends SQLiteTable>(db: StoreDb, table: Table, column: AnySQLiteColumn, ...order: AnySQLiteColumn[]) {
  // The builder's type does not follow a generic table; what it returns is typed below.
  const query = (db.select(getTableColumns(table)).from(table as SQLiteTable) as unknown as Ordered)
    .where(sql`${column} in (select value from json_each(${sql.placeholder('keys')}))`)
    .orderBy(...order)
    .prepare();
  return (keys: readonly string[]): Table['$inferSelect'][] => query.all({ keys: JSON.stringify(keys) }) as Table['$inferSelect'][];
}

interface Ordered {
  where(condition: SQL): { orderBy(...columns: AnySQLiteColumn[]): { prepare(): { all(values: object): unknown[] } } };
}

const fieldOf = (table: SQLiteTable, column: AnySQLiteColumn): string => {
  const entry = Object.entries(getTableColumns(table)).find(([, candidate]) => candidate === column);
  if (!entry) throw new Error(`${column.name} is no column of the table.`);
  return entry[0];
};
