import { getTableName } from 'drizzle-orm';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { LRUCache } from 'lru-cache';
import { type MaybePromise, mapMaybePromise } from './mapMaybePromise.js';
import { dialectOf, queryText, type ReadDb } from './query.js';
import { rowReader } from './rowReader.js';
import type { Sql } from './sql.js';

/** Maximum number of cached keys per reader. */
const MAX_CACHED = 16_384;

/** Reads values by key, in the order of the keys. */
export interface CachedReader<Value> {
  (keys: readonly string[]): MaybePromise<Value[]>;
  /** The cached value of a key; undefined if it is not cached. */
  peek: (key: string) => Value | undefined;
}

type RowsById<Row> = CachedReader<Row | null>;

/** One reader, and so one cache, per store and id column. */
const readersById = new WeakMap<ReadDb, Map<AnySQLiteColumn, RowsById<unknown>>>();

/**
 * Reads rows by id, in the order of the ids; null for an unknown id. Runs one query for any number of ids, and caches the rows.
 */
export function rowsById<Table extends SQLiteTable>(
  db: ReadDb,
  table: Table,
  id: AnySQLiteColumn,
): RowsById<Table['$inferSelect']> {
  let readers = readersById.get(db);
  if (!readers) {
    readers = new Map();
    readersById.set(db, readers);
  }
  let reader = readers.get(id);
  if (!reader) {
    const read = rowsWhere(db, table, id, []);
    reader = cacheReads<object>((ids) =>
      mapMaybePromise(read(ids), (found) => {
        const rows = new Map<string, object>(found);
        return ids.map((wanted) => rows.get(wanted));
      }),
    );
    readers.set(id, reader);
  }
  return reader as RowsById<Table['$inferSelect']>;
}

/**
 * Reads the child rows of each parent, sorted by `order`. Runs one query for any number of parents, and caches the rows.
 */
export const rowsOfParents = <Table extends SQLiteTable>(
  db: ReadDb,
  table: Table,
  parent: AnySQLiteColumn,
  ...order: AnySQLiteColumn[]
): CachedReader<Table['$inferSelect'][]> =>
  cacheReads(rowsOfParentsWhere(db, table, parent, undefined, ...order)) as CachedReader<Table['$inferSelect'][]>;

/** Like `rowsOfParents`, but reads only rows that match a condition, and does not cache them. */
export function rowsOfParentsWhere<Table extends SQLiteTable>(
  db: ReadDb,
  table: Table,
  parent: AnySQLiteColumn,
  where: Sql | undefined,
  ...order: AnySQLiteColumn[]
) {
  type Row = Table['$inferSelect'];
  const read = rowsWhere(db, table, parent, order, where);
  return (parents: readonly string[]): MaybePromise<Row[][]> =>
    mapMaybePromise(read(parents), (rows) => {
      const rowsByParent = new Map<string, Row[]>(parents.map((key) => [key, []]));
      for (const [key, row] of rows) rowsByParent.get(key)?.push(row);
      return parents.map((key) => rowsByParent.get(key) ?? []);
    });
}

/**
 * Caches what `read` returns by key, in an LRU cache; entries never expire, since an open store does not change. Unknown keys
 * (undefined from `read`, null to callers) are not cached, so that they cannot evict others.
 */
export function cacheReads<Value extends object>(
  read: (keys: readonly string[]) => MaybePromise<(Value | undefined)[]>,
  maxEntries = MAX_CACHED,
): CachedReader<Value | null> {
  // Allocated for the first value: it takes a millisecond, and a store has a hundred caches, of which few may be used.
  let cache: LRUCache<string, Value> | undefined;
  // Recency does not matter until the cache is full, and `peek` is faster than `get`.
  const lookUp = (key: string): Value | undefined =>
    cache && cache.size >= maxEntries ? cache.get(key) : cache?.peek(key);
  const readCached = (keys: readonly string[]): MaybePromise<(Value | null)[]> => {
    const values = keys.map(lookUp);
    const missing = [...new Set(keys.filter((_, index) => values[index] === undefined))];
    if (missing.length === 0) return values as Value[];
    return mapMaybePromise(read(missing), (found) => {
      const loaded = new Map<string, Value>();
      cache ??= new LRUCache({ max: maxEntries });
      const filled = cache;
      found.forEach((value, index) => {
        const key = missing[index] as string;
        if (value === undefined) return;
        filled.set(key, value);
        loaded.set(key, value);
      });
      return keys.map((key, index) => values[index] ?? loaded.get(key) ?? null);
    });
  };
  return Object.assign(readCached, { peek: lookUp });
}

function rowsWhere<Table extends SQLiteTable>(
  db: ReadDb,
  table: Table,
  column: AnySQLiteColumn,
  order: AnySQLiteColumn[],
  where?: Sql,
) {
  type Row = Table['$inferSelect'];
  const reader = rowReader(table);
  const key = reader.indexOf(column);
  if (key < 0) throw new Error(`${column.name} is not a column of ${getTableName(table)}.`);
  const isPostgres = dialectOf(db) === 'postgres';
  const terms = order.map((by) => orderTerm(by, isPostgres));
  const orderBy = terms.length === 0 ? '' : ` order by ${terms.join(', ')}`;
  const name = getTableName(table);
  const columns = reader.columns(`"${name}"`);
  const more = where ? ` and ${where.text}` : '';
  // PostgreSQL can only use a hash index, whose depth does not grow, if it looks up one value after the other.
  const text = isPostgres
    ? `select ${columns} from each_of(?) as wanted cross join @"${name}" on "${name}"."${column.name}" = wanted.value${more}${orderBy}`
    : `select ${columns} from @"${name}" where "${column.name}" = any_of(?)${more}${orderBy}`;
  const values = where?.values ?? [];
  return (keys: readonly string[]): MaybePromise<[string, Row][]> =>
    mapMaybePromise(queryText(db, text, [keys, ...values]), (rows) =>
      rows.map((row): [string, Row] => [row[key] as string, reader.row(row, 0)]),
    );
}

/** A column to sort rows of a few parents by. SQLite sorts nulls first, PostgreSQL last. */
function orderTerm({ table, name, notNull, dataType }: AnySQLiteColumn, isPostgres: boolean): string {
  const column = `"${getTableName(table)}"."${name}"`;
  // An expression, so that no index has its order: PostgreSQL's planner would read the whole table in it.
  const sorted = isPostgres ? `(${column} ${dataType === 'string' ? "|| ''" : '+ 0'})` : column;
  return notNull ? sorted : `${sorted} nulls first`;
}
