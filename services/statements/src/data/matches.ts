import { type Connection, fts5Query, patterns, type TextMatch, textIndexSql } from '@dossier/pagination';
import { dialectOf, mapMaybePromise, queryValues, type ReadDb, raw, type Sql, sql } from '@dossier/store';
import type { Loaders, MaybePromise } from '@dossier/subgraph-server';
import { PASSAGES_PER_STATEMENT, statement } from '../tables.js';
import { type Search, STATEMENTS } from './search.js';

type MatchedIn = 'SUMMARY' | 'PASSAGE';

/** What a search matched in the rows of a page. Each function runs one query for the whole page, when it is first called. */
export interface Matches {
  matchedIn: () => MaybePromise<Map<string, MatchedIn>>;
  /** Of statements only. */
  citations: () => MaybePromise<Map<string, string[]>>;
}

/** The matches of a page; null if it is not the result of a search. */
export function matchesOf(
  db: ReadDb,
  loaders: Loaders,
  { nodes }: Pick<Connection<{ id: string }>, 'nodes'>,
  search: Search | null,
): Matches | null {
  if (!search) return null;
  const ids = nodes.map(({ id }) => id);
  let matchedIn: ReturnType<Matches['matchedIn']> | undefined;
  let citations: ReturnType<Matches['citations']> | undefined;
  return {
    matchedIn: () => {
      matchedIn ??= loaders.read(() => matchedInOf(db, search, ids));
      return matchedIn;
    },
    citations: () => {
      citations ??= loaders.read(() => matchedCitationsOf(db, search, ids));
      return citations;
    },
  };
}

/**
 * Where the words of a search occur in each of the rows with these ids, which it found: all in our summary, or at least one only in
 * the words of the text. Runs one query.
 */
function matchedInOf(
  db: ReadDb,
  { index, match }: Search,
  ids: readonly string[],
): MaybePromise<Map<string, MatchedIn>> {
  // A page of a search without words is empty.
  if (match === null) return new Map();
  const { hasMatch } = textIndexSql(index, dialectOf(db));
  const inSummary = queryValues(
    db,
    sql`select found.id from each_of(${ids}) as page cross join ${index.table} as found on found.id = page.value where ${hasMatch(match, 'summary')}`,
  );
  return mapMaybePromise(inSummary, (rows) => {
    const summaries = new Set(rows.map(([id]) => id as string));
    return new Map(ids.map((id) => [id, summaries.has(id) ? 'SUMMARY' : 'PASSAGE']));
  });
}

/**
 * The citations of the passages that have any word of a search, of each of the statements with these ids, in order of the text.
 * Runs one query.
 */
function matchedCitationsOf(
  db: ReadDb,
  { match }: Search,
  ids: readonly string[],
): MaybePromise<Map<string, string[]>> {
  if (match === null) return new Map();
  const any = { ...match, isAny: true };
  const query = dialectOf(db) === 'sqlite' ? citationsInSqlite(any, ids) : citationsInPostgres(any, ids);
  return mapMaybePromise(queryValues(db, query), (rows) => {
    const found = new Map<string, string[]>(ids.map((id) => [id, []]));
    for (const [id, citation] of rows) found.get(id as string)?.push(citation as string);
    return found;
  });
}

const pageOf = (ids: readonly string[]): Sql =>
  sql`each_of(${ids}) as page cross join ${statement} as found on found.id = page.value`;

// The passage of a statement with a single one is indexed with the statement only.
function citationsInSqlite(any: TextMatch, ids: readonly string[]): Sql {
  // Integers in the text: a parameter would be bound as a float.
  const first = raw(`found.rowid * ${PASSAGES_PER_STATEMENT}`);
  const last = raw(`found.rowid * ${PASSAGES_PER_STATEMENT} + ${PASSAGES_PER_STATEMENT - 1}`);
  const page = pageOf(ids);
  const { hasMatch } = textIndexSql(STATEMENTS, 'sqlite');
  return sql`select found.id, json_extract(found.citations, '$[' || (passage_search.rowid - ${first}) || ']'), passage_search.rowid as position from ${page} cross join passage_search on passage_search.rowid between ${first} and ${last} where passage_search match ${fts5Query(any)} union all select found.id, found.citations ->> 0, 0 from ${page} where json_array_length(found.citations) = 1 and ${hasMatch(any, 'passage')} order by position`;
}

function citationsInPostgres(any: TextMatch, ids: readonly string[]): Sql {
  const page = pageOf(ids);
  const { hasMatch } = textIndexSql(STATEMENTS, 'postgres');
  return sql`select found.id, found.citations::json ->> passages.position::integer, passages.position from ${page} join @"passage_search" as passages on passages.id = found.id where passages.passage like any (${patterns(any)}::text[]) union all select found.id, found.citations::json ->> 0, 0 from ${page} where json_array_length(found.citations::json) = 1 and ${hasMatch(any, 'passage')} order by position`;
}
