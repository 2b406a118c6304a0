import { badUserInput } from '@dossier/domain';
import {
  type Condition,
  type Connection,
  connectionOf,
  cursorArgument,
  type KeyedRow,
  type KeysetList,
  keysetCounts,
  keysetPages,
  type Page,
  type SearchQuery,
  searchTest,
  testsOf,
} from '@dossier/pagination';
import { join, queryValues, raw, rowsById, type Sql, type StoreDb, sql } from '@dossier/store';
import { type ListRequest, type Loaders, readRequest } from '@dossier/subgraph-server';
import { LRUCache } from 'lru-cache';
import { statement } from '../tables.js';
import { score } from './score.js';
import { MAX_EXACT_RANKED, matchesInTextOrder, type Search, STATEMENTS } from './search.js';

type StatementRow = typeof statement.$inferSelect;

/**
 * A page of matches, the best first, or last if the list is reversed. A rank is not a column to seek by, so up to
 * `MAX_EXACT_RANKED` matches are all ranked, those of whole words before those of a beginning. Of more, either the matches of
 * whole words are ranked, if they are few, or the first matches in order of the text; the others follow in that order, and
 * `rankingIsBounded` is true.
 */
export async function rankedPage(
  db: StoreDb,
  loaders: Loaders,
  search: Search,
  list: KeysetList<typeof statement>,
  request: ListRequest,
): Promise<Connection<StatementRow> & { rankingIsBounded: boolean }> {
  const { tag, page } = readRequest(request);
  const parent = request.parent ?? '';
  const isBounded = search.common !== undefined;
  const ranking = await loaders.read(() => rankingOf(db, search, list, parent));
  for (const side of ['after', 'before'] as const) {
    const key = page[side];
    if (key === null || isBounded || ranking.keys.includes(key)) continue;
    const argument = cursorArgument(page, side);
    throw badUserInput(
      argument,
      `Argument "${argument}" is a cursor of a statement that no longer matches; expected one of this list.`,
    );
  }
  const all: KeysetList<typeof statement> = { ...list, by: [...(list.by ?? []), search.common] };
  const others: KeysetList<typeof statement> = { ...list, by: [...(list.by ?? []), ranking.rest] };
  const rest = (edges: Page) => (ranking.rest ? (keysetPages(db, others, [parent], edges)[0] ?? []) : []);
  const rows = await loaders.read(() => pageOfRankedAndRest(ranking, rest, page, (keys) => rowsAt(db, keys)));
  const count = () => (isBounded ? loaders.read(() => keysetCounts(db, all, [parent])[0] ?? 0) : ranking.keys.length);
  return Object.assign(connectionOf(rows, page, tag, count), { rankingIsBounded: isBounded });
}

/** Rankings cached per store, for the next pages of a search. They stay valid: a store never changes while it is open. */
const MAX_CACHED_RANKINGS = 64;
const rankings = new WeakMap<StoreDb, LRUCache<string, Ranking>>();

interface Ranking {
  /** Keys of the ranked matches, the best first. */
  keys: string[];
  /** Finds the matches that are not ranked, in order of the text; undefined if all are ranked. */
  rest: Condition | undefined;
  /** The key that those follow. */
  last: string;
}

const EMPTY_RANKING: Ranking = { keys: [], rest: undefined, last: '' };

function rankingOf(
  db: StoreDb,
  { query, exact, isIndexed, common }: Search,
  list: KeysetList<typeof statement>,
  parent: string,
): Ranking {
  if (query === null) return EMPTY_RANKING;
  let cache = rankings.get(db);
  if (!cache) {
    cache = new LRUCache({ max: MAX_CACHED_RANKINGS });
    rankings.set(db, cache);
  }
  const testsFor = (matched: string) =>
    join([sql`statement_search match ${matched}`, ...testsOf(list, sql`${parent}`, true)], ' and ');
  const tests = testsFor(query);
  const key = JSON.stringify([tests.text, tests.values]);
  let ranking = cache.get(key);
  if (!ranking) {
    ranking = common
      ? (rankWholeWords(db, { query, exact, isIndexed }, testsFor(exact)) ?? rankFirstMatches(db, query, tests, common))
      : { keys: rankAllMatches(db, tests, query === exact ? null : exact), rest: undefined, last: '' };
    cache.set(key, ranking);
  }
  return ranking;
}

/** A ranking of the matches of whole words, which the other matches follow; null if there are none, or too many to rank. */
function rankWholeWords(db: StoreDb, { query, exact, isIndexed }: SearchQuery, tests: Sql): Ranking | null {
  if (query === exact) return null;
  const [[count = 0] = []] = queryValues(
    db,
    sql`select count(*) from (select 1 from statement_search where statement_search match ${exact} limit ${MAX_EXACT_RANKED + 1})`,
  );
  if ((count as number) > MAX_EXACT_RANKED) return null;
  const keys = rankAllMatches(db, tests, null);
  if (keys.length === 0) return null;
  const others = `(${query}) NOT (${exact})`;
  const { test } = searchTest(db, 'statement_search', { query: others, isIndexed });
  return { keys, rest: matchesInTextOrder(STATEMENTS, others, test), last: '' };
}

const matches = sql`statement_search cross join ${statement} as found on found.rowid = statement_search.rowid`;

/** Keys of all matches, those of `exact` first, by bm25 (https://sqlite.org/fts5.html#the_bm25_function). */
function rankAllMatches(db: StoreDb, tests: Sql, exact: string | null): string[] {
  const wholeWords =
    exact === null
      ? raw('')
      : sql`statement_search.rowid in (select rowid from statement_search where statement_search match ${exact}) desc, `;
  return queryValues(
    db,
    sql`select found.text_key from ${matches} where ${tests} order by ${wholeWords}bm25(statement_search), found.text_key`,
  ).map(([key]) => key as string);
}

/** A ranking of the first matches in order of the text, scored here: bm25 would count every match of every word. */
function rankFirstMatches(db: StoreDb, query: string, tests: Sql, rest: Condition): Ranking {
  const keys = score(
    query,
    queryValues(
      db,
      sql`select found.text_key, found.summary from ${matches} where ${tests} order by statement_search.rowid limit ${MAX_EXACT_RANKED}`,
    ) as [string, string][],
  );
  return { keys, rest, last: keys.toSorted().at(-1) ?? '' };
}

/** A page of the ranked matches followed by the others in order of the text. */
function pageOfRankedAndRest(
  { keys: ranked, last }: Ranking,
  rest: (page: Page) => KeyedRow<StatementRow>[],
  page: Page,
  rowsOf: (keys: string[]) => KeyedRow<StatementRow>[],
): KeyedRow<StatementRow>[] {
  const rankOf = (key: string | null, otherwise: number) => (key === null ? otherwise : ranked.indexOf(key));
  const [after, before] = [rankOf(page.after, -1), rankOf(page.before, ranked.length)];
  const [afterIsRest, beforeIsRest] = [page.after !== null && after < 0, page.before === null || before < 0];
  const within = afterIsRest ? [] : ranked.slice(after + 1, before < 0 ? ranked.length : before);
  const others = (size: number) =>
    beforeIsRest && size >= 0
      ? rest({ ...page, size, after: afterIsRest ? page.after : last, before: before < 0 ? page.before : null })
      : [];
  if (page.fromEnd) {
    const end = others(page.size);
    return [...rowsOf(within.slice(Math.max(0, within.length - (page.size + 1 - end.length)))), ...end];
  }
  const start = within.slice(0, page.size + 1);
  return [...rowsOf(start), ...others(page.size - start.length)];
}

function rowsAt(db: StoreDb, keys: string[]): KeyedRow<StatementRow>[] {
  return rowsById(
    db,
    statement,
    statement.textKey,
  )(keys).flatMap((node, index) => (node ? [{ key: keys[index] as string, node }] : []));
}
