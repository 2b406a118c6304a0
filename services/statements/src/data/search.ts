import { type Along, type Condition, inner, type RowTest, searchQuery } from '@dossier/pagination';
import { raw, type StoreDb, sql, valuesOf } from '@dossier/store';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { statement } from '../tables.js';

/** Matches that are looked at one by one: to be sorted, or ranked. */
export const FEW = 1000;
/** Matches that are all found before other rows are tested against them. Asking the index for one row takes as long as finding a few hundred matches. */
const MAX_LISTED = 50_000;

/** A search, and the ways to find what it matches. */
export interface Search {
  /** As FTS5 reads it; null where not a word was typed, which matches nothing. */
  query: string | null;
  /** Finds the matches first, in an order: they are few. */
  rare: ((key: AnySQLiteColumn) => Condition) | undefined;
  /** Walks the matches in order of the text: they are many. */
  common: Condition | undefined;
  /** Tests the rows of a list in another order. */
  test: RowTest | undefined;
}

/** The search for what a person typed. */
export function searchFor(db: StoreDb, typed: string): Search {
  const query = searchQuery(typed);
  if (query === null)
    return {
      query,
      rare: () => ({ walks: () => [{ along: null, match: sql`0` }], test: () => sql`0` }),
      common: undefined,
      test: undefined,
    };
  // With a sign, so that rows are still walked in their order.
  const listed = sql`+found.rowid in (select rowid from statement_search where statement_search match ${query})`;
  const [[many] = []] = valuesOf(
    db,
    sql`select count(*) from (select 1 from statement_search where statement_search match ${query} limit ${MAX_LISTED + 1})`,
  );
  const asked = sql`exists (select 1 from statement_search where statement_search match ${query} and statement_search.rowid = found.rowid)`;
  const test: RowTest = { ofPage: (many as number) <= MAX_LISTED ? listed : asked, ofAll: listed };
  if ((many as number) <= FEW)
    return {
      query,
      rare: (key) => ({ walks: () => [{ along: hits(query, key), match: raw('1') }], test: () => listed }),
      common: undefined,
      test: undefined,
    };
  return {
    query,
    rare: undefined,
    common: { walks: () => [{ along: inTextOrder, match: sql`statement_search match ${query}` }], test: () => test },
    test,
  };
}

/** Few matches: read them all, then their statements. */
const hits = (query: string, key: AnySQLiteColumn): Along => ({
  from: sql`(select rowid as hit from statement_search where statement_search match ${query}) as hits cross join ${statement} as found on found.rowid = hits.hit`,
  holdsRow: true,
  id: inner(statement.id),
  key: inner(key),
});

/** Many matches: the search hands them out by row number, and statements are numbered in order of the text. */
const inTextOrder: Along = {
  from: sql`statement_search cross join ${statement} as found on found.rowid = statement_search.rowid`,
  holdsRow: true,
  id: inner(statement.id),
  key: inner(statement.textKey),
  order: {
    by: sql`statement_search.rowid`,
    placeOf: (key, side) =>
      side === 'after'
        ? sql`coalesce((select rowid from ${statement} where ${statement.textKey} <= ${key} order by ${statement.textKey} desc limit 1), 0)`
        : sql`coalesce((select rowid from ${statement} where ${statement.textKey} >= ${key} order by ${statement.textKey} limit 1), 9223372036854775807)`,
  },
};
