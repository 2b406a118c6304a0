import type { Connection } from '@dossier/pagination';
import { queryValues, raw, type StoreDb, sql } from '@dossier/store';
import type { Loaders, MaybePromise } from '@dossier/subgraph-server';
import { PASSAGES_PER_STATEMENT, statement } from '../tables.js';
import type { Search } from './search.js';

type MatchedIn = 'SUMMARY' | 'PASSAGE';

/** What a search matched in the rows of a page. Each function runs one query for the whole page, when it is first called. */
export interface Matches {
  matchedIn: () => MaybePromise<Map<string, MatchedIn>>;
  /** Of statements only. */
  citations: () => MaybePromise<Map<string, string[]>>;
}

/** The matches of a page; null if it is not the result of a search. */
export function matchesOf(
  db: StoreDb,
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
function matchedInOf(db: StoreDb, { index, query }: Search, ids: readonly string[]): Map<string, MatchedIn> {
  const name = raw(index.name);
  const inSummary = queryValues(
    db,
    sql`select found.id from json_each(${JSON.stringify(ids)}) as page cross join ${index.table} as found on found.id = page.value where exists (select 1 from ${name} where ${name} match ${`{summary} : (${query})`} and ${name}.rowid = found.rowid)`,
  );
  const summaries = new Set(inSummary.map(([id]) => id as string));
  return new Map(ids.map((id) => [id, summaries.has(id) ? 'SUMMARY' : 'PASSAGE']));
}

/**
 * The citations of the passages that have any word of a search, of each of the statements with these ids, in order of the text.
 * Runs one query.
 */
function matchedCitationsOf(db: StoreDb, { any }: Search, ids: readonly string[]): Map<string, string[]> {
  // Integers in the text: a parameter would be bound as a float.
  const first = raw(`found.rowid * ${PASSAGES_PER_STATEMENT}`);
  const last = raw(`found.rowid * ${PASSAGES_PER_STATEMENT} + ${PASSAGES_PER_STATEMENT - 1}`);
  const page = sql`json_each(${JSON.stringify(ids)}) as page cross join ${statement} as found on found.id = page.value`;
  // The passage of a statement with a single one is indexed with the statement only.
  const rows = queryValues(
    db,
    sql`select found.id, json_extract(found.citations, '$[' || (passage_search.rowid - ${first}) || ']'), passage_search.rowid as position from ${page} cross join passage_search on passage_search.rowid between ${first} and ${last} where passage_search match ${any} union all select found.id, found.citations ->> 0, 0 from ${page} where json_array_length(found.citations) = 1 and exists (select 1 from statement_search where statement_search match ${`{passage} : (${any})`} and statement_search.rowid = found.rowid) order by position`,
  );
  const found = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const [id, citation] of rows) found.get(id as string)?.push(citation as string);
  return found;
}
