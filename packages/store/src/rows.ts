import { getTableName } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { LRUCache } from 'lru-cache';
import type { StoreDb } from './open.js';
import { allOf, rowReader } from './reader.js';
import type { Sql } from './sql.js';

/** Keys that are kept with what was read for them. */
const KEPT = 16_384;

/**
 * Reads rows by id: one statement for any number of ids, prepared once. Rows come in the order asked; `null` where an id
 * is unknown.
 */
export function rowsById<Table extends SQLiteTable>(
  db: StoreDb,
  table: Table,
  id: AnySQLiteColumn,
): RowsById<Table['$inferSelect']> {
  let readers = byId.get(db);
  if (!readers) {
    readers = new Map();
    byId.set(db, readers);
  }
  let reader = readers.get(id);
  if (!reader) {
    const read = rowsWhere(db, table, id, []);
    reader = cached<object>((ids) => {
      const found = new Map<string, object>(read(ids));
      return ids.map((wanted) => found.get(wanted));
    });
    readers.set(id, reader);
  }
  return reader as RowsById<Table['$inferSelect']>;
}

/** Reads values by their keys, in the order asked. */
export interface Reader<Value> {
  (keys: readonly string[]): Value[];
  /** The value of a key that was read before and is still kept; else undefined. */
  atHand: (key: string) => Value | undefined;
}

type RowsById<Row> = Reader<Row | null>;

/** One for each store and column: whoever asks, rows are kept once. */
const byId = new WeakMap<StoreDb, Map<AnySQLiteColumn, RowsById<unknown>>>();

/**
 * Reads the rows that hang on each parent, in the order of `order`: one statement for any number of parents, prepared once.
 */
export const rowsOfParents = <Table extends SQLiteTable>(
  db: StoreDb,
  table: Table,
  parent: AnySQLiteColumn,
  ...order: AnySQLiteColumn[]
): Reader<Table['$inferSelect'][]> =>
  cached(rowsOfParentsWhere(db, table, parent, undefined, ...order)) as Reader<Table['$inferSelect'][]>;

/** The same, of those rows only that a condition holds of; made anew for each condition. */
export function rowsOfParentsWhere<Table extends SQLiteTable>(
  db: StoreDb,
  table: Table,
  parent: AnySQLiteColumn,
  where: Sql | undefined,
  ...order: AnySQLiteColumn[]
) {
  type Row = Table['$inferSelect'];
  const read = rowsWhere(db, table, parent, order, where);
  return (parents: readonly string[]): Row[][] => {
    const found = new Map<string, Row[]>(parents.map((key) => [key, []]));
    for (const [key, row] of read(parents)) found.get(key)?.push(row);
    return parents.map((key) => found.get(key) ?? []);
  };
}

/**
 * Keeps what was read for keys, the least recently asked for thrown away first: a store never changes while it is open.
 * An id of nothing is not kept, so that such ids cannot crowd out others.
 */
export function cached<Value extends object>(
  read: (keys: readonly string[]) => (Value | undefined)[],
  most = KEPT,
): Reader<Value | null> {
  const cache = new LRUCache<string, Value>({ max: most });
  // While there is room for more, nothing is thrown away, and it need not be noted what was asked for.
  const keptFor = (key: string): Value | undefined => (cache.size < most ? cache.peek(key) : cache.get(key));
  const readKept = (keys: readonly string[]): (Value | null)[] => {
    const values = keys.map(keptFor);
    const missing = [...new Set(keys.filter((_, index) => values[index] === undefined))];
    if (missing.length === 0) return values as Value[];
    const found = new Map<string, Value>();
    read(missing).forEach((value, index) => {
      const key = missing[index] as string;
      if (value === undefined) return;
      cache.set(key, value);
      found.set(key, value);
    });
    return keys.map((key, index) => values[index] ?? found.get(key) ?? null);
  };
  return Object.assign(readKept, { atHand: keptFor });
}

function rowsWhere<Table extends SQLiteTable>(
  db: StoreDb,
  table: Table,
  column: AnySQLiteColumn,
  order: AnySQLiteColumn[],
  where?: Sql,
) {
  type Row = Table['$inferSelect'];
  const reader = rowReader(table);
  const key = reader.indexOf(column);
  if (key < 0) throw new Error(`${column.name} is no column of the table.`);
  const ordered = order.length === 0 ? '' : ` order by ${order.map(({ name }) => `"${name}"`).join(', ')}`;
  const text = `select ${reader.columns()} from "${getTableName(table)}" where "${column.name}" in (select value from json_each(?))${where ? ` and ${where.text}` : ''}${ordered}`;
  const values = where?.values ?? [];
  return (keys: readonly string[]): [string, Row][] => {
    const rows = allOf(db, text, [JSON.stringify(keys), ...values]);
    return rows.map((row) => [row[key] as string, reader.row(row, 0)]);
  };
}
