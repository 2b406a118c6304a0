import { type Condition, type IndexScan, type RowTest, rowColumn, searchQuery } from '@dossier/pagination';
import { queryValues, raw, type StoreDb, sql } from '@dossier/store';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { statement } from '../tables.js';

/** Matches up to which a search reads all of them to sort or rank them. */
export const MAX_EXACT_RANKED = 1000;
/** Matches up to which a search lists all of them to test rows against. To look up one row takes as long as to list a few hundred. */
const MAX_LISTED = 50_000;

/** A search, with the conditions that find its matches. */
export interface Search {
  /** In FTS5 query syntax; null if the text has no word, and so matches nothing. */
  query: string | null;
  /** Reads all matches, in the order of a key; defined if there are few. */
  rare: ((key: AnySQLiteColumn) => Condition) | undefined;
  /** Scans the matches in order of the text; defined if there are many. */
  common: Condition | undefined;
  /** Tests the rows of a list in another order; defined if there are many. */
  test: RowTest | undefined;
}

/** Prepares the search for a text that a client entered. Counts its matches, up to a limit. */
export function searchFor(db: StoreDb, text: string): Search {
  const query = searchQuery(text);
  if (query === null)
    return {
      query,
      rare: () => ({ scans: () => [{ index: null, match: sql`0` }], test: () => sql`0` }),
      common: undefined,
      test: undefined,
    };
  // The unary plus keeps SQLite from using the row id here, so that the list is still scanned in its order.
  const isListed = sql`+found.rowid in (select rowid from statement_search where statement_search match ${query})`;
  const [[count] = []] = queryValues(
    db,
    sql`select count(*) from (select 1 from statement_search where statement_search match ${query} limit ${MAX_LISTED + 1})`,
  );
  const isMatch = sql`exists (select 1 from statement_search where statement_search match ${query} and statement_search.rowid = found.rowid)`;
  const test: RowTest = { ofPage: (count as number) <= MAX_LISTED ? isListed : isMatch, ofAll: isListed };
  if ((count as number) <= MAX_EXACT_RANKED)
    return {
      query,
      rare: (key) => ({ scans: () => [{ index: hits(query, key), match: raw('1') }], test: () => isListed }),
      common: undefined,
      test: undefined,
    };
  return {
    query,
    rare: undefined,
    common: { scans: () => [{ index: inTextOrder, match: sql`statement_search match ${query}` }], test: () => test },
    test,
  };
}

/** Reads all matches first, then their statements: cheapest for few matches. */
const hits = (query: string, key: AnySQLiteColumn): IndexScan => ({
  from: sql`(select rowid as hit from statement_search where statement_search match ${query}) as hits cross join ${statement} as found on found.rowid = hits.hit`,
  includesRow: true,
  id: rowColumn(statement.id),
  key: rowColumn(key),
});

/** The full-text index returns matches by row id, and statements have row ids in order of the text: cheapest for many matches. */
const inTextOrder: IndexScan = {
  from: sql`statement_search cross join ${statement} as found on found.rowid = statement_search.rowid`,
  includesRow: true,
  id: rowColumn(statement.id),
  key: rowColumn(statement.textKey),
  order: {
    by: sql`statement_search.rowid`,
    boundOf: (key, side) =>
      side === 'after'
        ? sql`coalesce((select rowid from ${statement} where ${statement.textKey} <= ${key} order by ${statement.textKey} desc limit 1), 0)`
        : sql`coalesce((select rowid from ${statement} where ${statement.textKey} >= ${key} order by ${statement.textKey} limit 1), 9223372036854775807)`,
  },
};
