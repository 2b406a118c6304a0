import { type RowTest, rowColumn, searchQuery, searchTest } from '@dossier/pagination';
import { type CachedReader, cacheReads, raw, type StoreDb, sql } from '@dossier/store';
import type { Loaders } from '@dossier/subgraph-server';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';

/** Prepared searches in the cache; preparing one counts its matches. */
const MAX_CACHED_SEARCHES = 1000;
/** Matches up to which the rows of a list are found by the ids of all of them. */
const MAX_BY_ID = 1000;

/** A full-text index of names: its table, and its column with the id of the row that has the names. */
interface NameIndex {
  table: string;
  id: string;
}

export const actorSearch: NameIndex = { table: 'actor_search', id: 'actor_id' };
export const placeSearch: NameIndex = { table: 'place_search', id: 'place_id' };

/** Returns a function that prepares the condition of a search for names; undefined (no condition) if there is no search. */
export function nameSearches(db: StoreDb, rowId: AnySQLiteColumn, index: NameIndex) {
  const readSearches = cacheReads(
    (texts) => texts.map((text) => matchesSearch(db, rowId, index, text)),
    MAX_CACHED_SEARCHES,
  ) as CachedReader<RowTest>;
  return (loaders: Loaders, text: string | null | undefined): RowTest | undefined | Promise<RowTest> =>
    text === null || text === undefined ? undefined : loaders(`search ${index.table}`, readSearches).load(text);
}

function matchesSearch(db: StoreDb, rowId: AnySQLiteColumn, { table, id }: NameIndex, text: string): RowTest {
  const search = searchQuery(text);
  if (search === null) return { ofPage: sql`0`, ofAll: sql`0` };
  const { count, test } = searchTest(db, table, search);
  if (count > MAX_BY_ID) return test;
  const byId = sql`${rowColumn(rowId)} in (select ${raw(id)} from ${raw(table)} where ${raw(table)} match ${search.query})`;
  return { ofPage: byId, ofAll: byId };
}
