import {
  join,
  type MaybePromise,
  mapMaybePromise,
  queryUnlessRefused,
  queryValues,
  type ReadDb,
  raw,
  rowsById,
  type Sql,
  sql,
} from '@dossier/store';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import {
  type Condition,
  type IndexScan,
  type Range,
  type RangeQuery,
  type RowTest,
  rangesBy,
  rowColumn,
} from './conditions.js';
import type { KeyedRow } from './connection.js';
import { narrowestFirst } from './narrowest.js';
import type { Page } from './page.js';

/** A list of rows sorted by one unique text column. In conditions, `found` is the row and `parent` the node that the list belongs to. */
export interface KeysetList<Table extends SQLiteTable> {
  table: Table;
  /** The id column of `table`. */
  id: AnySQLiteColumn;
  /** The sort column of `table`; unique. */
  key: AnySQLiteColumn;
  /** Conditions with an index, most selective first: the first one that can finds the rows, the others filter them. */
  by?: (Condition | undefined)[];
  /** Conditions without an index, which filter rows. */
  where?: (Sql | RowTest | undefined)[];
}

const PARENT = raw('parent.value');
const EVERYTHING: Range = { after: null, before: null, direction: 'asc' };

/**
 * The rows of a page for each parent, in list order, and one more if the list goes on. Runs one query for the pages of all
 * parents, or one for each if the database does not support that, and one for the rows that are not cached.
 */
export function keysetPages<Table extends SQLiteTable>(
  db: ReadDb,
  list: KeysetList<Table>,
  parents: readonly string[],
  page: Page,
): MaybePromise<KeyedRow<Table['$inferSelect']>[][]> {
  const found = mapMaybePromise(withFinder(db, list, hasOrder(page)), (chosen) => pageKeys(db, chosen, parents, page));
  return mapMaybePromise(found, (pages) => {
    const ids = pages.flatMap((keys) => keys.map(([, id]) => id));
    return mapMaybePromise(rowsById(db, list.table, list.id)(ids), (rows) => {
      let next = 0;
      return pages.map((keys) => keys.map(([key]) => ({ key, node: rows[next++] as Table['$inferSelect'] })));
    });
  });
}

const pageKeys = <Table extends SQLiteTable>(
  db: ReadDb,
  list: KeysetList<Table>,
  parents: readonly string[],
  page: Page,
): MaybePromise<PageKeys[]> =>
  parents.length === 1
    ? mapMaybePromise(pageOfOne(db, list, parents[0] as string, page), (keys) => [keys])
    : pagesOfMany(db, list, parents, page);

type PageKeys = [key: string, id: string][];

// Keys and ids come from the scanned index: no row outside the page is read.
function pageOfOne<Table extends SQLiteTable>(
  db: ReadDb,
  list: KeysetList<Table>,
  parent: string,
  page: Page,
): MaybePromise<PageKeys> {
  return mapMaybePromise(queryValues(db, pageQuery(list, sql`${parent}`, page)), (keys) =>
    page.fromEnd ? (keys.reverse() as PageKeys) : (keys as PageKeys),
  );
}

function pagesOfMany<Table extends SQLiteTable>(
  db: ReadDb,
  list: KeysetList<Table>,
  parents: readonly string[],
  page: Page,
): MaybePromise<PageKeys[]> {
  const keys = sql`(select pairs_of(found_key, found_id) from (${pageQuery(list, PARENT, page)}) as page)`;
  return queryUnlessRefused(
    db,
    sql`select ${keys} from each_of(${parents}) as parent order by parent.key`,
    (pages) => pages.map(([text]) => JSON.parse(text as string) as PageKeys),
    () => Promise.all(parents.map((parent) => pageOfOne(db, list, parent, page))),
  );
}

/** The number of rows of the list for each parent. Runs one query for all parents, or one for each, as for the rows. */
export function keysetCounts<Table extends SQLiteTable>(
  db: ReadDb,
  list: KeysetList<Table>,
  parents: readonly string[],
): MaybePromise<number[]> {
  const total = totalOf(list);
  if (total !== undefined) return parents.map(() => total);
  return mapMaybePromise(withFinder(db, list, false), (chosen) => countsOf(db, chosen, parents));
}

function countsOf<Table extends SQLiteTable>(
  db: ReadDb,
  list: KeysetList<Table>,
  parents: readonly string[],
): MaybePromise<number[]> {
  const [only] = parents;
  const countOfOne = (parent: string) =>
    mapMaybePromise(queryValues(db, countQuery(list, sql`${parent}`)), ([row]) => row?.[0] as number);
  if (only !== undefined && parents.length === 1) return mapMaybePromise(countOfOne(only), (count) => [count]);
  return queryUnlessRefused(
    db,
    sql`select (${countQuery(list, PARENT)}) from each_of(${parents}) as parent order by parent.key`,
    (totals) => totals.map(([total]) => total as number),
    () => Promise.all(parents.map(countOfOne)),
  );
}

/** The number of rows of a list with one condition, if that is known. */
function totalOf<Table extends SQLiteTable>({ by = [], where = [] }: KeysetList<Table>): number | undefined {
  const conditions = [...by, ...where].filter((condition) => condition !== undefined);
  const [only] = by.filter((condition) => condition !== undefined);
  return conditions.length === 1 ? only?.total : undefined;
}

function countQuery<Table extends SQLiteTable>(list: KeysetList<Table>, parent: Sql): Sql {
  const isDisjoint = finderOf(list, false)?.isDisjoint ?? false;
  const ids = scansOf(list, parent, { ofAll: true, isInOrder: false }).map(({ id, where, inRange }) => {
    const { from, where: bounds, orderBy } = inRange(EVERYTHING);
    const query = sql`select ${id} from ${from}${whereAll([...where, ...bounds])}`;
    // The order keeps PostgreSQL, which must not sort, from reading the whole table for each scan: it cannot tell that most of them find nothing.
    return isDisjoint ? sql`select * from (${query} order by ${orderBy}) as scan` : query;
  });
  // `union` removes duplicates.
  return sql`select count(*) from (${join(ids, isDisjoint ? ' union all ' : ' union ')}) as ids`;
}

/** A query for the ids of the first rows of a list, at most `limit`, in a column `found_id`. */
export const firstIds = <Table extends SQLiteTable>(list: KeysetList<Table>, parent: string, limit: number): Sql =>
  pageQuery(list, sql`${parent}`, { size: limit - 1, fromEnd: false, after: null, before: null, isReversed: false });

/** All conditions of a list, as SQL conditions on `found`: for the rows of a page, or for all rows. */
export function testsOf<Table extends SQLiteTable>(
  { by = [], where = [] }: KeysetList<Table>,
  parent: Sql,
  ofAll: boolean,
): Sql[] {
  const tests = [...by.map((condition) => condition?.test(parent)), ...where].filter((test) => test !== undefined);
  return tests.map((test) => ('ofPage' in test ? test[ofAll ? 'ofAll' : 'ofPage'] : test));
}

/** The parts of a query that reads rows in list order. */
interface RowScan {
  id: Sql;
  key: Sql;
  where: Sql[];
  inRange: (range: Range) => RangeQuery;
}

/** A query for the keys and ids of a page, starting at the end that the page is counted from. */
function pageQuery<Table extends SQLiteTable>(list: KeysetList<Table>, parent: Sql, page: Page): Sql {
  const direction = page.fromEnd ? 'desc' : 'asc';
  const scans = scansOf(list, parent, { ofAll: false, isInOrder: hasOrder(page) });
  const [first, ...rest] = scans.map(({ id, key, where, inRange }) => {
    const { from, where: bounds, orderBy } = inRange({ after: page.after, before: page.before, direction });
    return sql`select ${key} as found_key, ${id} as found_id from ${from}${whereAll([...where, ...bounds])} order by ${orderBy} limit ${page.size + 1}`;
  });
  if (!first || rest.length === 0) return first as Sql;
  const all = join(
    [first, ...rest].map((query) => sql`select * from (${query}) as scan`),
    ' union ',
  );
  return sql`select found_key, found_id from (${all}) as scans order by found_key ${raw(direction)} limit ${page.size + 1}`;
}

/** Whether it matters which rows of a list a page has: one of no rows only says whether there are any. */
const hasOrder = ({ size, after, before }: Page): boolean => size > 0 || after !== null || before !== null;

/** The list with its conditions in the order of `narrowestFirst`. */
function withFinder<Table extends SQLiteTable>(
  db: ReadDb,
  list: KeysetList<Table>,
  isInOrder: boolean,
): MaybePromise<KeysetList<Table>> {
  const broad = list.by?.find((condition) => condition?.isBroad);
  if (!broad || (isInOrder && broad.isOutOfOrder)) return list;
  const conditions = (list.by ?? []).filter((condition) => condition !== undefined);
  const countUpTo = (condition: Condition, limit: number) => {
    const alone = { ...list, by: [condition], where: [] };
    const scans = scansOf(alone, sql`''`, { ofAll: true, isInOrder: false }).map(({ where, inRange }) => {
      const { from, where: bounds } = inRange(EVERYTHING);
      return sql`select * from (select 1 from ${from}${whereAll([...where, ...bounds])} limit ${limit}) as scan`;
    });
    return sql`select count(*) from (${join(scans, ' union all ')}) as scans`;
  };
  return mapMaybePromise(narrowestFirst(db, conditions, countUpTo), (by) => ({ ...list, by }));
}

/** The condition that finds rows, in list order or not. */
const finderOf = <Table extends SQLiteTable>(
  { by = [] }: KeysetList<Table>,
  isInOrder: boolean,
): Condition | undefined => by.find((condition) => condition !== undefined && !(isInOrder && condition.isOutOfOrder));

/** The scans of the condition that finds rows, which the other conditions filter; without conditions, one scan of the whole table. */
function scansOf<Table extends SQLiteTable>(
  list: KeysetList<Table>,
  parent: Sql,
  { ofAll, isInOrder }: { ofAll: boolean; isInOrder: boolean },
): RowScan[] {
  const finder = finderOf(list, isInOrder);
  const tests = testsOf({ ...list, by: list.by?.filter((condition) => condition !== finder) ?? [] }, parent, ofAll);
  if (!finder) return [tableScan(list, [], tests)];
  return finder
    .scans(parent)
    .map(({ index, match }) => (index ? indexScan(list, index, match, tests) : tableScan(list, [match], tests)));
}

const tableScan = <Table extends SQLiteTable>(
  { table, id, key }: KeysetList<Table>,
  match: Sql[],
  tests: Sql[],
): RowScan => ({
  id: rowColumn(id),
  key: rowColumn(key),
  where: [...match, ...tests],
  inRange: rangesBy(sql`${table} as found`, rowColumn(key)),
});

const indexScan = <Table extends SQLiteTable>(
  { table, id }: KeysetList<Table>,
  index: IndexScan,
  match: Sql,
  tests: Sql[],
): RowScan => ({
  id: index.id,
  key: index.key,
  where: [match, ...tests],
  inRange: (range) => {
    const query = index.inRange(range);
    return tests.length === 0 || index.includesRow
      ? query
      : { ...query, from: sql`${query.from} cross join ${table} as found on ${rowColumn(id)} = ${index.id}` };
  },
});

const whereAll = (conditions: Sql[]): Sql =>
  conditions.length === 0 ? raw('') : sql` where ${join(conditions, ' and ')}`;
