import { badUserInput } from '@dossier/domain';
import { join, type Sql, sql } from '@dossier/store';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { anyOf } from './filters.js';
import { inner } from './names.js';

/** Where rows that match are found in order of the list, without looking at others. */
interface Walk {
  /** What is walked: a table that leads to the list's rows; null for the list's own. */
  along: Along | null;
  match: Sql;
}

export interface Along {
  from: Sql;
  /** Whether `from` holds the row itself, as `found`. */
  holdsRow: boolean;
  id: Sql;
  key: Sql;
  /** What it is walked in order of, where that is another column than the key; and the place in it of a key. */
  order?: { by: Sql; placeOf: (key: string, side: 'after' | 'before') => Sql };
}

/** A test of rows that is done in one way for those of a page, as many as it takes to fill it, and in another for all rows. */
export interface RowTest {
  ofPage: Sql;
  ofAll: Sql;
}

/**
 * A condition that an index can answer in order of the list. It is asked in one of two ways: to find the rows, by walking
 * each of its indexes from the page's edge; or to test rows that another condition found.
 */
export interface Condition {
  walks: (parent: Sql) => Walk[];
  test: (parent: Sql) => Sql | RowTest;
}

/** Values of a list at most: each is a walk of its own. */
const MOST_VALUES = 100;

/** Each value once. More than are walked are BAD_USER_INPUT. */
function distinct(argument: string, values: readonly string[]): string[] {
  const found = [...new Set(values)];
  if (found.length > MOST_VALUES)
    throw badUserInput(argument, `"${argument}" has ${found.length} values; expected at most ${MOST_VALUES}.`);
  return found;
}

/** A value of the row itself, with an index of it and the key; no condition where none is asked for. */
export function own(column: AnySQLiteColumn, value: string | null | undefined): Condition | undefined {
  if (value === null || value === undefined) return undefined;
  const match = sql`${inner(column)} = ${value}`;
  return { walks: () => [{ along: null, match }], test: () => match };
}

/** The row's parent, with an index of it and the key. */
export function ownParent(column: AnySQLiteColumn): Condition {
  const match = (parent: Sql) => sql`${inner(column)} = ${parent}`;
  return { walks: (parent) => [{ along: null, match: match(parent) }], test: match };
}

/** Any of the values of a column, with an index of it and the key. An empty list is BAD_USER_INPUT, and so is one of more than are walked. */
export function ownAnyOf(
  argument: string,
  column: AnySQLiteColumn,
  values: readonly string[] | null | undefined,
): Condition | undefined {
  const test = anyOf(argument, inner(column), values);
  if (!test || !values) return undefined;
  const ways = distinct(argument, values);
  return {
    walks: () => ways.map((value) => ({ along: null, match: sql`${inner(column)} = ${value}` })),
    test: () => test,
  };
}

/** A table that links to the list's, with a unique index of `column`, that of `each` where there is one, and the key: a row found twice would take two places of a page. */
export interface Link {
  table: SQLiteTable;
  id: AnySQLiteColumn;
  key: AnySQLiteColumn;
  /** The column that the condition is about. */
  column: AnySQLiteColumn;
}

/** Rows that a link ties to a value, or to the parent; where `each` is given, in any of these ways. */
export function linked(
  rowKey: AnySQLiteColumn,
  link: Link,
  value: string | null | undefined,
  each?: LinkWays,
): Condition | undefined {
  return value === null || value === undefined
    ? undefined
    : linkedTo(rowKey, link, () => [sql`${link.column} = ${value}`], each);
}

export const linkedParent = (rowKey: AnySQLiteColumn, link: Link, each?: LinkWays): Condition =>
  linkedTo(rowKey, link, (parent) => [sql`${link.column} = ${parent}`], each);

interface LinkWays {
  argument: string;
  column: AnySQLiteColumn;
  values: readonly string[];
}

/** Rows that a link ties to any of the values. An empty list is BAD_USER_INPUT, and so is one of more than are walked. */
export function linkedAnyOf(
  rowKey: AnySQLiteColumn,
  link: Link,
  argument: string,
  values: readonly string[] | null | undefined,
): Condition | undefined {
  return values === null || values === undefined
    ? undefined
    : linkedTo(rowKey, link, () => [], { argument, column: link.column, values });
}

function linkedTo(rowKey: AnySQLiteColumn, link: Link, matchOf: (parent: Sql) => Sql[], each?: LinkWays): Condition {
  const isEach = each && anyOf(each.argument, sql`${each.column}`, each.values);
  const ways = each && distinct(each.argument, each.values);
  const along: Along = { from: sql`${link.table}`, holdsRow: false, id: sql`${link.id}`, key: sql`${link.key}` };
  return {
    walks: (parent) =>
      (each && ways ? ways.map((way) => [...matchOf(parent), sql`${each.column} = ${way}`]) : [matchOf(parent)]).map(
        (match) => ({ along, match: join(match, ' and ') }),
      ),
    test: (parent) =>
      sql`exists (select 1 from ${link.table} where ${join([...matchOf(parent), ...(isEach ? [isEach] : []), sql`${link.key} = ${inner(rowKey)}`], ' and ')})`,
  };
}
