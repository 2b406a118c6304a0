import { type RowTest, rowColumn, searchQuery, searchTest, textIndexSql } from '@dossier/pagination';
import {
  type CachedReader,
  cacheReads,
  dialectOf,
  type MaybePromise,
  mapMaybePromise,
  type ReadDb,
  raw,
  sql,
  type TextIndex,
} from '@dossier/store';
import type { Loaders } from '@dossier/subgraph-server';
import { actor, place } from '../tables.js';

/** Prepared searches in the cache; preparing one counts its matches. */
const MAX_CACHED_SEARCHES = 1000;
/** Matches up to which the rows of a list are found by the ids of all of them. */
const MAX_BY_ID = 1000;

/** A full-text index of names, with the ids of the rows that have them. */
interface NameIndex extends TextIndex {
  /** The column with the id. */
  idColumn: string;
}

export const ACTORS: NameIndex = {
  name: 'actor_search',
  table: actor,
  id: actor.id,
  key: actor.id,
  idColumn: 'actor_id',
};
export const PLACES: NameIndex = {
  name: 'place_search',
  table: place,
  id: place.id,
  key: place.id,
  idColumn: 'place_id',
};

/** Returns a function that prepares the condition of a search for names; undefined (no condition) if there is no search. */
export function nameSearches(db: ReadDb, index: NameIndex) {
  const readSearches = cacheReads((texts) => {
    const tests = texts.map((text) => matchesSearch(db, index, text));
    return tests.some((test) => test instanceof Promise) ? Promise.all(tests) : (tests as RowTest[]);
  }, MAX_CACHED_SEARCHES) as CachedReader<RowTest>;
  return (loaders: Loaders, text: string | null | undefined): RowTest | undefined | Promise<RowTest> =>
    text === null || text === undefined ? undefined : loaders(`search ${index.name}`, readSearches).load(text);
}

function matchesSearch(db: ReadDb, index: NameIndex, text: string): MaybePromise<RowTest> {
  const search = searchQuery(text);
  if (search === null) return { ofPage: raw('false'), ofAll: raw('false') };
  return mapMaybePromise(searchTest(db, index, search), ({ count, test }) => {
    if (count > MAX_BY_ID) return test;
    const { table, hit, matches } = textIndexSql(index, dialectOf(db));
    const id = dialectOf(db) === 'sqlite' ? raw(index.idColumn) : hit;
    const byId = sql`${rowColumn(index.id)} in (select ${id} from ${table} where ${matches(search.match)})`;
    return { ofPage: byId, ofAll: byId };
  });
}
