import { badUserInput } from '@dossier/domain';
import {
  type Connection,
  connectionOf,
  cursorArgument,
  type KeyedRow,
  type KeysetList,
  keysetCounts,
  keysetPages,
  type Page,
  testsOf,
} from '@dossier/pagination';
import { join, queryValues, rowsById, type Sql, type StoreDb, sql } from '@dossier/store';
import { type ListRequest, type Loaders, readRequest } from '@dossier/subgraph-server';
import { LRUCache } from 'lru-cache';
import { statement } from '../tables.js';
import { score } from './score.js';
import { MAX_EXACT_RANKED, type Search } from './search.js';

type StatementRow = typeof statement.$inferSelect;

/**
 * A page of matches, the best first, or last if the list is reversed. A rank is not a column to seek by, so up to `MAX_EXACT_RANKED` matches are all
 * ranked. Of more, the first ones in order of the text are ranked, and the others follow in that order:
 * `rankingIsBounded` is true then.
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
  const { query } = search;
  const ranking =
    query === null ? EMPTY_RANKING : await loaders.read(() => rankingOf(db, query, isBounded, list, parent));
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
  const rest = (edges: Page) => (isBounded ? (keysetPages(db, all, [parent], edges)[0] ?? []) : []);
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
  /** The last of them in order of the text; the matches that are not ranked follow it. */
  last: string;
}

const EMPTY_RANKING: Ranking = { keys: [], last: '' };

function rankingOf(
  db: StoreDb,
  query: string,
  isBounded: boolean,
  list: KeysetList<typeof statement>,
  parent: string,
): Ranking {
  let cache = rankings.get(db);
  if (!cache) {
    cache = new LRUCache({ max: MAX_CACHED_RANKINGS });
    rankings.set(db, cache);
  }
  const tests = join([sql`statement_search match ${query}`, ...testsOf(list, sql`${parent}`, true)], ' and ');
  const key = JSON.stringify([tests.text, tests.values]);
  let ranking = cache.get(key);
  if (!ranking) {
    const keys = isBounded ? rankFirstMatches(db, query, tests) : rankAllMatches(db, tests);
    ranking = { keys, last: keys.toSorted().at(-1) ?? '' };
    cache.set(key, ranking);
  }
  return ranking;
}

const matches = sql`statement_search cross join ${statement} as found on found.rowid = statement_search.rowid`;

/** Keys of all matches, by bm25 (https://sqlite.org/fts5.html#the_bm25_function). */
const rankAllMatches = (db: StoreDb, tests: Sql): string[] =>
  queryValues(
    db,
    sql`select found.text_key from ${matches} where ${tests} order by bm25(statement_search), found.text_key`,
  ).map(([key]) => key as string);

/** Keys of the first matches in order of the text, scored here: bm25 would count every match of every word. */
function rankFirstMatches(db: StoreDb, query: string, tests: Sql): string[] {
  return score(
    query,
    queryValues(
      db,
      sql`select found.text_key, found.summary from ${matches} where ${tests} order by statement_search.rowid limit ${MAX_EXACT_RANKED}`,
    ) as [string, string][],
  );
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
