import { join, raw, rowsById, type Sql, type StoreDb, sql, valuesOf } from '@dossier/store';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Along, Condition, RowTest } from './conditions.js';
import { inner } from './names.js';
import type { Page } from './page.js';

/** A list of rows in the order of one unique text column. Conditions speak of the row as `found`, and of the node that the list hangs on as `parent`. */
export interface KeysetList<Table extends SQLiteTable> {
  table: Table;
  /** The id of `table`. */
  id: AnySQLiteColumn;
  /** Orders the rows of `table`, and tells them apart. */
  key: AnySQLiteColumn;
  /** Conditions that an index answers, the one that leaves the fewest rows first: that one finds the rows, the others test them. */
  by?: (Condition | undefined)[];
  /** Conditions that rows are tested by. */
  where?: (Sql | RowTest | undefined)[];
}

export interface KeyedRow<Row> {
  key: string;
  node: Row;
}

const PARENT = raw('parent.value');

/** The rows of a page for each parent, in order, one more than asked for where there are more. One SQL statement for all parents, and one for the rows that are not at hand. */
export function keysetPages<Table extends SQLiteTable>(
  db: StoreDb,
  list: KeysetList<Table>,
  parents: readonly string[],
  page: Page,
): KeyedRow<Table['$inferSelect']>[][] {
  const found =
    parents.length === 1 ? [pageOfOne(db, list, parents[0] as string, page)] : pagesOfMany(db, list, parents, page);
  const rows = rowsById(db, list.table, list.id)(found.flatMap((keyed) => keyed.map(([, id]) => id)));
  let next = 0;
  return found.map((keyed) => keyed.map(([key]) => ({ key, node: rows[next++] as Table['$inferSelect'] })));
}

type Found = [key: string, id: string][];

// Keys and ids come from the index that is walked: no row is looked at that is not on the page.
function pageOfOne<Table extends SQLiteTable>(db: StoreDb, list: KeysetList<Table>, parent: string, page: Page): Found {
  const found = valuesOf(db, foundRows(list, sql`${parent}`, page)) as Found;
  return page.fromEnd ? found.reverse() : found;
}

function pagesOfMany<Table extends SQLiteTable>(
  db: StoreDb,
  list: KeysetList<Table>,
  parents: readonly string[],
  page: Page,
): Found[] {
  const ids = sql`(select json_group_array(json_array(found_key, found_id) order by found_key) from (${foundRows(list, PARENT, page)}))`;
  const pages = valuesOf(
    db,
    sql`select ${ids} from json_each(${JSON.stringify(parents)}) as parent order by parent.key`,
  );
  return pages.map(([text]) => JSON.parse(text as string) as Found);
}

/** How many rows the list has for each parent. One SQL statement for all parents. */
export function keysetCounts<Table extends SQLiteTable>(
  db: StoreDb,
  list: KeysetList<Table>,
  parents: readonly string[],
): number[] {
  // A union holds each row once: a node may hang on its parent in two ways.
  const found = join(
    searches(list, PARENT, true).map(({ id, from, where }) => sql`select ${id} from ${from}${whereAll(where)}`),
    ' union ',
  );
  return valuesOf(
    db,
    sql`select (select count(*) from (${found})) from json_each(${JSON.stringify(parents)}) as parent order by parent.key`,
  ).map(([total]) => total as number);
}

/** All conditions of a list as tests of `found`: of the rows of a page, or of all. */
export function testsOf<Table extends SQLiteTable>(
  { by = [], where = [] }: KeysetList<Table>,
  parent: Sql,
  ofAll: boolean,
): Sql[] {
  const tests = [...by.map((condition) => condition?.test(parent)), ...where].filter((test) => test !== undefined);
  return tests.map((test) => ('ofPage' in test ? test[ofAll ? 'ofAll' : 'ofPage'] : test));
}

/** A way to find rows in order of the list. */
interface Search {
  id: Sql;
  key: Sql;
  from: Sql;
  where: Sql[];
  order: Sql;
  placeOf: (key: string, side: 'after' | 'before') => Sql;
}

/** Keys and ids of a page's rows, from the end that it is counted from. */
function foundRows<Table extends SQLiteTable>(list: KeysetList<Table>, parent: Sql, page: Page): Sql {
  const direction = raw(page.fromEnd ? 'desc' : 'asc');
  const [limit, ...more] = searches(list, parent, false).map(({ id, key, from, where, order, placeOf }) => {
    const after = page.after === null ? [] : [sql`${order} > ${placeOf(page.after, 'after')}`];
    const before = page.before === null ? [] : [sql`${order} < ${placeOf(page.before, 'before')}`];
    return sql`select ${key} as found_key, ${id} as found_id from ${from}${whereAll([...where, ...after, ...before])} order by ${order} ${direction} limit ${page.size + 1}`;
  });
  if (!limit || more.length === 0) return limit as Sql;
  const all = join(
    [limit, ...more].map((search) => sql`select * from (${search})`),
    ' union ',
  );
  return sql`select found_key, found_id from (${all}) order by found_key ${direction} limit ${page.size + 1}`;
}

/** The first condition that is asked for finds rows, in each of its ways; without one, all rows are walked. The other conditions test them. */
function searches<Table extends SQLiteTable>(list: KeysetList<Table>, parent: Sql, ofAll: boolean): Search[] {
  const [first, ...rest] = (list.by ?? []).filter((condition) => condition !== undefined);
  const tests = testsOf({ ...list, by: rest }, parent, ofAll);
  if (!first) return [ownSearch(list, [], tests)];
  return first
    .walks(parent)
    .map(({ along, match }) => (along ? searchAlong(list, along, match, tests) : ownSearch(list, [match], tests)));
}

const ownSearch = <Table extends SQLiteTable>(
  { table, id, key }: KeysetList<Table>,
  match: Sql[],
  tests: Sql[],
): Search => ({
  id: inner(id),
  key: inner(key),
  from: sql`${table} as found`,
  where: [...match, ...tests],
  order: inner(key),
  placeOf: byKey,
});

const searchAlong = <Table extends SQLiteTable>(
  { table, id }: KeysetList<Table>,
  along: Along,
  match: Sql,
  tests: Sql[],
): Search => ({
  id: along.id,
  key: along.key,
  from:
    tests.length === 0 || along.holdsRow
      ? along.from
      : sql`${along.from} cross join ${table} as found on ${inner(id)} = ${along.id}`,
  where: [match, ...tests],
  order: along.order?.by ?? along.key,
  placeOf: along.order?.placeOf ?? byKey,
});

const byKey = (key: string): Sql => sql`${key}`;

const whereAll = (conditions: Sql[]): Sql =>
  conditions.length === 0 ? raw('') : sql` where ${join(conditions, ' and ')}`;
