import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Page } from './page.js';

/**
 * A list of rows in the order of one unique text column. Where the list hangs on a node (`Actor.statements`), `from` and
 * `where` say which rows are that node's in terms of `parent`.
 */
export interface KeysetList<Table extends SQLiteTable> {
  table: Table;
  /** The id of `table`. */
  id: AnySQLiteColumn;
  /** Orders the rows of `table`, and tells them apart. */
  key: AnySQLiteColumn;
  /** Where the rows are found, of which `foundId` and `foundKey` are the id and the key; `table` itself where it is left out. */
  from?: SQL;
  foundId?: SQL;
  foundKey?: SQL;
  where: (parent: SQL) => (SQL | undefined)[];
}

export interface KeyedRow<Row> {
  key: string;
  node: Row;
}

const PARENT = sql.raw('parent.value');

/** The rows of a page for each parent, in order, one more than asked for where there are more. One SQL statement for all parents. */
export function keysetPages<Table extends SQLiteTable>(db: BetterSQLite3Database, list: KeysetList<Table>, parents: readonly string[], page: Page): KeyedRow<Table['$inferSelect']>[][] {
  const found = foundRows(list, page);
  const rows = db
    .select({ parentIndex: sql<number>`parent.key`.as('parent_index'), pageKey: sql<string>`${list.key}`.as('page_key'), row: getTableColumns(list.table) })
    .from(sql`json_each(${JSON.stringify(parents)}) as parent`)
    // The inner page is cut before the rows are read, so a long list costs no more than a short one.
    .innerJoin(list.table, sql`${list.id} in (${found})`)
    .orderBy(sql`parent.key`, list.key)
    .all() as unknown as { parentIndex: number; pageKey: string; row: Table['$inferSelect'] }[];
  const pages: KeyedRow<Table['$inferSelect']>[][] = parents.map(() => []);
  for (const { parentIndex, pageKey, row } of rows) pages[parentIndex]?.push({ key: pageKey, node: row });
  return pages;
}

/** How many rows the list has for each parent. One SQL statement for all parents. */
export function keysetCounts<Table extends SQLiteTable>(db: BetterSQLite3Database, list: KeysetList<Table>, parents: readonly string[]): number[] {
  const count = sql<number>`(select count(*) from (select distinct ${idOf(list)} from ${fromOf(list)}${whereOf(list, [])}))`;
  const rows = db
    .select({ total: count.as('total') })
    .from(sql`json_each(${JSON.stringify(parents)}) as parent`)
    .orderBy(sql`parent.key`)
    .all();
  return rows.map((row) => row.total);
}

function foundRows<Table extends SQLiteTable>(list: KeysetList<Table>, page: Page): SQL {
  const key = list.foundKey ?? inner(list.key);
  const between = [page.after === null ? undefined : sql`${key} > ${page.after}`, page.before === null ? undefined : sql`${key} < ${page.before}`];
  const direction = sql.raw(page.fromEnd ? 'desc' : 'asc');
  // Distinct, because a node may hang on its parent twice (an actor that is both speaker and subject).
  return sql`select found_id from (select distinct ${idOf(list)} as found_id, ${key} as found_key from ${fromOf(list)}${whereOf(list, between)} order by found_key ${direction} limit ${page.size + 1})`;
}

const fromOf = <Table extends SQLiteTable>(list: KeysetList<Table>): SQL => list.from ?? sql`${list.table} as found`;
const idOf = <Table extends SQLiteTable>(list: KeysetList<Table>): SQL => list.foundId ?? inner(list.id);

function whereOf<Table extends SQLiteTable>(list: KeysetList<Table>, more: (SQL | undefined)[]): SQL {
  const conditions = [...list.where(PARENT), ...more].filter((condition) => condition !== undefined);
  return conditions.length === 0 ? sql`` : sql` where ${sql.join(conditions, sql` and `)}`;
}

/** A column of the rows being searched, where the table itself is searched: `found` keeps it apart from the rows being read. */
export const inner = (column: AnySQLiteColumn): SQL => sql.raw(`found."${column.name}"`);
