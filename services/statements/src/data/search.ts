import { type Condition, type IndexScan, type RowTest, rowColumn, searchQuery, searchTest } from '@dossier/pagination';
import { raw, type StoreDb, sql } from '@dossier/store';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { statement } from '../tables.js';

/** Matches up to which a search reads all of them to sort or rank them. */
export const MAX_EXACT_RANKED = 1000;

/** A search, with the conditions that find its matches. */
export interface Search {
  /** In FTS5 query syntax; null if the text has no word, and so matches nothing. */
  query: string | null;
  /** The same search for whole words only; equal to `query` if that does not complete its last word. */
  exact: string;
  /** See SearchQuery. */
  isIndexed: boolean;
  /** Reads all matches, in the order of a key; defined if there are few. */
  rare: ((key: AnySQLiteColumn) => Condition) | undefined;
  /** Scans the matches in order of the text; defined if there are many. */
  common: Condition | undefined;
  /** Tests the rows of a list in another order; defined if there are many. */
  test: RowTest | undefined;
}

/** Prepares the search for a text that a client entered. Counts its matches, up to a limit. */
export function searchFor(db: StoreDb, text: string): Search {
  const found = searchQuery(text);
  if (found === null)
    return {
      query: null,
      exact: '',
      isIndexed: true,
      rare: () => ({ scans: () => [{ index: null, match: sql`0` }], test: () => sql`0` }),
      common: undefined,
      test: undefined,
    };
  const { query } = found;
  const { count, test } = searchTest(db, 'statement_search', found);
  if (count <= MAX_EXACT_RANKED)
    return {
      ...found,
      rare: (key) => ({ scans: () => [{ index: hits(query, key), match: raw('1') }], test: () => test.ofAll }),
      common: undefined,
      test: undefined,
    };
  return {
    ...found,
    rare: undefined,
    common: matchesInTextOrder(query, test),
    test,
  };
}

/** Scans the matches of a query in order of the text; `test` tests the rows that another condition found. */
export const matchesInTextOrder = (query: string, test: RowTest): Condition => ({
  scans: () => [{ index: inTextOrder, match: sql`statement_search match ${query}` }],
  test: () => test,
});

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
