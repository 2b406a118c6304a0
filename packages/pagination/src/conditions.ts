import { badUserInput } from '@dossier/domain';
import { join, raw, type Sql, sql } from '@dossier/store';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { oneOf } from './filters.js';

/** A column of the listed rows, which queries alias as `found` to distinguish them from rows of subqueries. */
export const rowColumn = (column: AnySQLiteColumn): Sql => raw(`found."${column.name}"`);

/** One index range that holds matching rows in list order. */
interface Scan {
  /** A table that leads to the listed rows; null to scan the listed table itself. */
  index: IndexScan | null;
  match: Sql;
}

/** Keys between which rows are, without these. */
export interface Bounds {
  after: string | null;
  before: string | null;
}

/** The rows between two keys, from one end. */
export interface Range extends Bounds {
  direction: 'asc' | 'desc';
}

/** The part of a range within bounds, which are text of ASCII: JavaScript compares such text with any other as the stores do, by bytes. */
export const within = (range: Range, { after, before }: Bounds): Range => ({
  ...range,
  after: range.after === null || (after !== null && after > range.after) ? after : range.after,
  before: range.before === null || (before !== null && before < range.before) ? before : range.before,
});

/** The clauses of a query for the rows of a range. */
export interface RangeQuery {
  from: Sql;
  where: Sql[];
  orderBy: Sql;
}

/** How to scan a table that leads to the listed rows, in list order. */
export interface IndexScan {
  /** Whether the listed row is already joined, as `found`. */
  includesRow: boolean;
  id: Sql;
  key: Sql;
  inRange: (range: Range) => RangeQuery;
}

/**
 * Ranges of a table that is scanned by a column: the key, or another one. `boundOf` is the value of that column that corresponds to a
 * cursor's key.
 */
export const rangesBy =
  (
    from: Sql,
    column: Sql,
    boundOf: (key: string, side: 'after' | 'before') => Sql = (key) => sql`${key}`,
  ): IndexScan['inRange'] =>
  ({ after, before, direction }) => ({
    from,
    where: [
      ...(after === null ? [] : [sql`${column} > ${boundOf(after, 'after')}`]),
      ...(before === null ? [] : [sql`${column} < ${boundOf(before, 'before')}`]),
    ],
    orderBy: sql`${column} ${raw(direction)}`,
  });

/** A test of rows that is done in one way for those of a page, as many as it takes to fill it, and in another for all rows. */
export interface RowTest {
  ofPage: Sql;
  ofAll: Sql;
}

/**
 * A condition that an index can answer, in list order unless it says otherwise. The first condition of a list finds rows, by scanning its index
 * ranges from the edge of the page (`scans`); the others filter the rows that were found (`test`).
 */
export interface Condition {
  scans: (parent: Sql) => Scan[];
  test: (parent: Sql) => Sql | RowTest;
  /** The number of rows that it finds, if that is known. */
  total?: number | undefined;
  /** Whether its scans are not in list order. Then they find only all rows, to count them, and filter those of pages. */
  isOutOfOrder?: boolean;
  /** Whether no row is found by two of its scans. */
  isDisjoint?: boolean;
  /** Whether it may find most of the rows, or hardly any: see `narrowestFirst`. */
  isBroad?: boolean;
  /** Whether the rows depend on the parent node. */
  isOfParent?: boolean;
}

/** Maximum number of values in a list: each one is a separate index scan. */
const MAX_VALUES = 100;

/** The distinct values. Throws BAD_USER_INPUT if there are more than MAX_VALUES. */
function distinct(argument: string, values: readonly string[]): string[] {
  const unique = [...new Set(values)];
  if (unique.length > MAX_VALUES)
    throw badUserInput(argument, `"${argument}" has ${unique.length} values; expected at most ${MAX_VALUES}.`);
  return unique;
}

/** `column = value`; needs an index on the column and the key. Undefined (no condition) if the value is null or undefined. */
export function eq(column: AnySQLiteColumn, value: string | null | undefined): Condition | undefined {
  if (value === null || value === undefined) return undefined;
  const match = sql`${rowColumn(column)} = ${value}`;
  return { scans: () => [{ index: null, match }], test: () => match };
}

/** The column equals the id of the parent node; needs an index on the column and the key. */
export function eqParent(column: AnySQLiteColumn): Condition {
  const match = (parent: Sql) => sql`${rowColumn(column)} = ${parent}`;
  return { isOfParent: true, scans: (parent) => [{ index: null, match: match(parent) }], test: match };
}

/**
 * The column is one of the values; needs an index on the column and the key. Undefined (no condition) if there is no list.
 * Throws BAD_USER_INPUT if the list is empty or has more than MAX_VALUES values.
 */
export function inList(
  argument: string,
  column: AnySQLiteColumn,
  values: readonly string[] | null | undefined,
): Condition | undefined {
  const test = oneOf(argument, rowColumn(column), values);
  if (!test || !values) return undefined;
  const unique = distinct(argument, values);
  return {
    scans: () => unique.map((value) => ({ index: null, match: sql`${rowColumn(column)} = ${value}` })),
    test: () => test,
  };
}

/**
 * A join table. It needs a unique index on `column`, the column of `anyOf` if there is one, and the key: a row that was found
 * twice would take two places on a page.
 */
export interface Link {
  table: SQLiteTable;
  /** The id of the listed row: a column, or an id in a key. */
  id: AnySQLiteColumn | Sql;
  /** The column of the listed row with that id. */
  rowId: AnySQLiteColumn;
  key: AnySQLiteColumn;
  /** The column that the condition restricts. */
  column: AnySQLiteColumn;
}

/** Further restricts a join: `column` of the join table is one of the values. */
interface LinkValues {
  argument: string;
  column: AnySQLiteColumn;
  values: readonly string[];
}

/** Rows that the join table links to the value. Undefined (no condition) if the value is null or undefined. */
export function joinedBy(
  rowKey: AnySQLiteColumn,
  link: Link,
  value: string | null | undefined,
  anyOf?: LinkValues,
): Condition | undefined {
  return value === null || value === undefined
    ? undefined
    : joinCondition(rowKey, link, () => [sql`${link.column} = ${value}`], anyOf);
}

/** Rows that the join table links to the parent node. */
export const joinedToParent = (rowKey: AnySQLiteColumn, link: Link, anyOf?: LinkValues): Condition => ({
  ...joinCondition(rowKey, link, (parent) => [sql`${link.column} = ${parent}`], anyOf),
  isOfParent: true,
});

/**
 * Rows that the join table links to any of the values. Undefined (no condition) if there is no list. Throws BAD_USER_INPUT if
 * the list is empty or has more than MAX_VALUES values.
 */
export function joinedByAny(
  rowKey: AnySQLiteColumn,
  link: Link,
  argument: string,
  values: readonly string[] | null | undefined,
): Condition | undefined {
  return values === null || values === undefined
    ? undefined
    : joinCondition(rowKey, link, () => [], { argument, column: link.column, values });
}

function joinCondition(
  rowKey: AnySQLiteColumn,
  link: Link,
  matchOf: (parent: Sql) => Sql[],
  anyOf?: LinkValues,
): Condition {
  const isListed = anyOf && oneOf(anyOf.argument, sql`${anyOf.column}`, anyOf.values);
  const values = anyOf && distinct(anyOf.argument, anyOf.values);
  // PostgreSQL may read all rows of the other columns, and filter them by a list, instead of looking up a row by all columns.
  const isAnyOf = anyOf && values?.length === 1 ? sql`${anyOf.column} = ${values[0]}` : isListed;
  const key = sql`${link.key}`;
  const index: IndexScan = { includesRow: false, id: sql`${link.id}`, key, inRange: rangesBy(sql`${link.table}`, key) };
  return {
    scans: (parent) =>
      (anyOf && values
        ? values.map((value) => [...matchOf(parent), sql`${anyOf.column} = ${value}`])
        : [matchOf(parent)]
      ).map((match) => ({ index, match: join(match, ' and ') })),
    test: (parent) =>
      sql`exists (select 1 from ${link.table} where ${join([...matchOf(parent), ...(isAnyOf ? [isAnyOf] : []), sql`${link.key} = ${rowColumn(rowKey)}`], ' and ')} and on_same_node(${link.id}, ${rowColumn(link.rowId)}) per_row)`,
  };
}
