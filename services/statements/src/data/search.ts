import {
  type Condition,
  type IndexScan,
  type RowTest,
  rangesBy,
  rowColumn,
  type SearchMatches,
  searchQuery,
  searchTest,
  type TextMatch,
  textIndexSql,
} from '@dossier/pagination';
import {
  allOf,
  type CachedReader,
  cacheReads,
  type Dialect,
  dialectOf,
  type MaybePromise,
  mapMaybePromise,
  type ReadDb,
  raw,
  sql,
  type TextIndex,
} from '@dossier/store';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { document, PASSAGES_PER_STATEMENT, paragraph, statement } from '../tables.js';

/** Matches up to which a search reads all of them to sort or rank them. */
export const MAX_EXACT_RANKED = 1000;

/** Prepared searches that are cached; preparing one counts its matches. */
const MAX_CACHED_SEARCHES = 1000;

/** A full-text index whose column `summary` has words of ours, and `passage` those of the mounted text. */
export interface SearchIndex extends TextIndex {
  /** Whether it lists the beginnings of words up to the length that `SearchQuery.isIndexed` assumes. */
  listsPrefixes: boolean;
}

export const STATEMENTS: SearchIndex = {
  name: 'statement_search',
  table: statement,
  listsPrefixes: true,
  id: statement.id,
  key: statement.textKey,
  parts: { name: 'passage_search', perRow: PASSAGES_PER_STATEMENT },
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
  /** What it matches; null if the text has no word, and so matches nothing. */
  match: TextMatch | null;
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
export const searchReader = (db: ReadDb, index: SearchIndex): CachedReader<Search> =>
  cacheReads(
    (texts) => allOf(texts.map((text) => searchFor(db, index, text))),
    MAX_CACHED_SEARCHES,
  ) as CachedReader<Search>;

/** Prepares the search for a text that a client entered. Counts its matches, up to a limit. */
export function searchFor(db: ReadDb, index: SearchIndex, text: string): MaybePromise<Search> {
  const found = searchQuery(text);
  if (found === null)
    return {
      index,
      match: null,
      isIndexed: true,
      rare: () => ({ scans: () => [{ index: null, match: raw('false') }], test: () => raw('false') }),
      common: undefined,
      test: undefined,
    };
  const { match } = found;
  const isIndexed = index.listsPrefixes ? found.isIndexed : !match.isPrefix;
  return mapMaybePromise(searchTest(db, index, { match, isIndexed }), ({ count, test, list }): Search => {
    const dialect = dialectOf(db);
    const search = { match, isIndexed, index };
    if (count > MAX_EXACT_RANKED) {
      const total = list?.isExact ? count : undefined;
      const common = { ...matchesInTextOrder(index, match, { test, list }, dialect), total };
      return { ...search, rare: undefined, common, test };
    }
    const rare = (key: AnySQLiteColumn): Condition => ({
      scans: () => [
        {
          index: list?.isExact && key === index.key ? list.scan : hits(index, match, key, dialect),
          match: raw('true'),
        },
      ],
      test: () => test.ofAll,
    });
    return { ...search, rare, common: undefined, test: undefined };
  });
}

/** Scans the matches in order of the text; the test is of the rows that another condition found. */
export const matchesInTextOrder = (
  index: SearchIndex,
  match: TextMatch,
  { test, list }: Pick<SearchMatches, 'test' | 'list'>,
  dialect: Dialect,
): Condition => ({
  scans: () => [
    {
      index: list?.scan ?? inTextOrder(index, dialect),
      match: list?.isExact ? raw('true') : textIndexSql(index, dialect).matches(match),
    },
  ],
  test: () => test,
});

/** Reads all matches first, then their rows: cheapest for few matches. */
function hits(index: SearchIndex, match: TextMatch, key: AnySQLiteColumn, dialect: Dialect): IndexScan {
  const { table, hit, foundHit, order, matches } = textIndexSql(index, dialect);
  const row = sql`cross join ${index.table} as found on ${foundHit} = hits.hit`;
  const scan = { includesRow: true, id: rowColumn(index.id), key: rowColumn(key) };
  const where = matches(match);
  if (dialect === 'sqlite') {
    const from = sql`(select ${hit} as hit from ${table} where ${where}) as hits ${row}`;
    return { ...scan, inRange: rangesBy(from, rowColumn(key)) };
  }
  // Read by themselves. The key is an expression so that no index has its order: the planner would read all rows in it.
  const found = sql`(with hits as materialized (select ${hit} as hit, ${order} as key from ${table} where ${where}) select hit, key from hits) as hits`;
  return key === index.key
    ? // The index has the key, so rows that are not on the page are not read.
      {
        includesRow: false,
        id: raw('hits.hit'),
        key: raw('hits.key'),
        inRange: rangesBy(found, raw("(hits.key || '')")),
      }
    : { ...scan, inRange: rangesBy(sql`${found} ${row}`, sql`(${rowColumn(key)} || '')`) };
}

/** The full-text index returns matches by row id, which is the order of the text: cheapest for many matches. */
function inTextOrder(index: SearchIndex, dialect: Dialect): IndexScan {
  const { table: listed, id, key: column } = index;
  const { table, hit, foundHit, order } = textIndexSql(index, dialect);
  // The index of PostgreSQL has the id and the key.
  if (dialect !== 'sqlite') return { includesRow: false, id: hit, key: order, inRange: rangesBy(table, order) };
  return {
    includesRow: true,
    id: rowColumn(id),
    key: rowColumn(column),
    inRange: rangesBy(sql`${table} cross join ${listed} as found on ${foundHit} = ${hit}`, order, (key, side) =>
      side === 'after'
        ? sql`coalesce((select rowid from ${listed} where ${column} <= ${key} order by ${column} desc limit 1), 0)`
        : sql`coalesce((select rowid from ${listed} where ${column} >= ${key} order by ${column} limit 1), 9223372036854775807)`,
    ),
  };
}
