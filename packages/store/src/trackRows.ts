import type { StoreDb } from './query.js';

/** The first and the last rowid of the rows that were inserted into a table, by its name. */
export type InsertedRows = Map<string, [first: number, last: number]>;

const insertedRows = new WeakMap<StoreDb, InsertedRows>();

/** The rows that are inserted into the tables of a store from now on, until this is called again. */
export function trackInserts(db: StoreDb): InsertedRows {
  const rows: InsertedRows = new Map();
  insertedRows.set(db, rows);
  return rows;
}

export function trackRow(db: StoreDb, table: string, rowid: number | bigint): void {
  const rows = insertedRows.get(db);
  if (!rows) return;
  const row = Number(rowid);
  const known = rows.get(table);
  if (!known) rows.set(table, [row, row]);
  else if (row > known[1]) known[1] = row;
  else if (row < known[0]) known[0] = row;
}
