import { type Condition, type IndexScan, type RowTest, rowColumn, searchQuery, searchTest } from '@dossier/pagination';
import { type CachedReader, cacheReads, raw, type StoreDb, sql } from '@dossier/store';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { document, paragraph, statement } from '../tables.js';

/** Matches up to which a search reads all of them to sort or rank them. */
export const MAX_EXACT_RANKED = 1000;

/** Prepared searches that are cached; preparing one counts its matches. */
const MAX_CACHED_SEARCHES = 1000;

/** A full-text index, and the table whose rows it finds: they have the same row ids, in order of `key`. */
export interface SearchIndex {
  /** The table of FTS5. Its column `summary` has words of ours, `passage` those of the mounted text. */
  name: 'statement_search' | 'paragraph_search' | 'document_search';
  table: SQLiteTable;
  /** Whether it lists the beginnings of words up to the length that `SearchQuery.isIndexed` assumes. */
  listsPrefixes: boolean;
  id: AnySQLiteColumn;
  key: AnySQLiteColumn;
}

export const STATEMENTS: SearchIndex = {
  name: 'statement_search',
  table: statement,
  listsPrefixes: true,
  id: statement.id,
  key: statement.textKey,
};
export const PARAGRAPHS: SearchIndex = {
  name: 'paragraph_search',
  table: paragraph,
  listsPrefixes: false,
  id: paragraph.id,
  key: paragraph.textKey,
};
export const DOCUMENTS: SearchIndex = {
  name: 'document_search',
  table: document,
  listsPrefixes: false,
  id: document.id,
  key: document.id,
};

/** A search, with the conditions that find its matches. */
export interface Search {
  index: SearchIndex;
  /** In FTS5 query syntax; null if the text has no word, and so matches nothing. */
  query: string | null;
  /** The same search for whole words only; equal to `query` if that does not complete its last word. */
  exact: string;
  /** Finds what has any of the words. */
  any: string;
  /** See SearchQuery. */
  isIndexed: boolean;
  /** Reads all matches, in the order of a key; defined if there are few. */
  rare: ((key: AnySQLiteColumn) => Condition) | undefined;
  /** Scans the matches in order of the text; defined if there are many. */
  common: Condition | undefined;
  /** Tests the rows of a list in another order; defined if there are many. */
  test: RowTest | undefined;
}

/** Prepares searches of an index, and caches them by their text. */
export const searchReader = (db: StoreDb, index: SearchIndex): CachedReader<Search> =>
  cacheReads((texts) => texts.map((text) => searchFor(db, index, text)), MAX_CACHED_SEARCHES) as CachedReader<Search>;

/** Prepares the search for a text that a client entered. Counts its matches, up to a limit. */
export function searchFor(db: StoreDb, index: SearchIndex, text: string): Search {
  const found = searchQuery(text);
  if (found === null)
    return {
      index,
      query: null,
      exact: '',
      any: '',
      isIndexed: true,
      rare: () => ({ scans: () => [{ index: null, match: sql`0` }], test: () => sql`0` }),
      common: undefined,
      test: undefined,
    };
  const { query, exact } = found;
  const any = `${(exact.match(/"[^"]+"/g) ?? []).join(' OR ')}${query === exact ? '' : '*'}`;
  const isIndexed = index.listsPrefixes ? found.isIndexed : query === exact;
  const { count, test } = searchTest(db, index.name, { query, isIndexed });
  if (count <= MAX_EXACT_RANKED)
    return {
      ...found,
      isIndexed,
      any,
      index,
      rare: (key) => ({ scans: () => [{ index: hits(index, query, key), match: raw('1') }], test: () => test.ofAll }),
      common: undefined,
      test: undefined,
    };
  return {
    ...found,
    isIndexed,
    any,
    index,
    rare: undefined,
    common: matchesInTextOrder(index, query, test),
    test,
  };
}

/** Scans the matches of a query in order of the text; `test` tests the rows that another condition found. */
export const matchesInTextOrder = (index: SearchIndex, query: string, test: RowTest): Condition => ({
  scans: () => [{ index: inTextOrder(index), match: sql`${raw(index.name)} match ${query}` }],
  test: () => test,
});

/** Reads all matches first, then their rows: cheapest for few matches. */
const hits = ({ name, table, id }: SearchIndex, query: string, key: AnySQLiteColumn): IndexScan => ({
  from: sql`(select rowid as hit from ${raw(name)} where ${raw(name)} match ${query}) as hits cross join ${table} as found on found.rowid = hits.hit`,
  includesRow: true,
  id: rowColumn(id),
  key: rowColumn(key),
});

/** The full-text index returns matches by row id, which is the order of the text: cheapest for many matches. */
const inTextOrder = ({ name, table, id, key: column }: SearchIndex): IndexScan => ({
  from: sql`${raw(name)} cross join ${table} as found on found.rowid = ${raw(name)}.rowid`,
  includesRow: true,
  id: rowColumn(id),
  key: rowColumn(column),
  order: {
    by: sql`${raw(name)}.rowid`,
    boundOf: (key, side) =>
      side === 'after'
        ? sql`coalesce((select rowid from ${table} where ${column} <= ${key} order by ${column} desc limit 1), 0)`
        : sql`coalesce((select rowid from ${table} where ${column} >= ${key} order by ${column} limit 1), 9223372036854775807)`,
  },
});
