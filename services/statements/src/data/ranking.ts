import { badUserInput } from '@dossier/domain';
import {
  type Condition,
  type Connection,
  connectionOf,
  cursorArgument,
  firstIds,
  type KeyedRow,
  type KeysetList,
  keysetCounts,
  keysetPages,
  type Page,
  searchTest,
  type TextMatch,
  testsOf,
  textIndexSql,
  wholeWords,
} from '@dossier/pagination';
import {
  dialectOf,
  join,
  type MaybePromise,
  mapMaybePromise,
  queryValues,
  type ReadDb,
  rowsById,
  type Sql,
  sql,
} from '@dossier/store';
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
  db: ReadDb,
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
  const rest = (edges: Page) =>
    ranking.rest ? mapMaybePromise(keysetPages(db, others, [parent], edges), ([rows = []]) => rows) : [];
  const rows = await loaders.read(() => pageOfRankedAndRest(ranking, rest, page, (keys) => rowsAt(db, keys)));
  const count = () =>
    isBounded
      ? loaders.read(() => mapMaybePromise(keysetCounts(db, all, [parent]), ([total = 0]) => total))
      : ranking.keys.length;
  return Object.assign(connectionOf(rows, page, tag, count), { rankingIsBounded: isBounded });
}

/** Rankings cached per store, for the next pages of a search. They stay valid: a store never changes while it is open. */
const MAX_CACHED_RANKINGS = 64;
const rankings = new WeakMap<ReadDb, LRUCache<string, Ranking>>();

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
  db: ReadDb,
  { match, isIndexed, common }: Search,
  list: KeysetList<typeof statement>,
  parent: string,
): MaybePromise<Ranking> {
  if (match === null) return EMPTY_RANKING;
  let cache = rankings.get(db);
  if (!cache) {
    cache = new LRUCache({ max: MAX_CACHED_RANKINGS });
    rankings.set(db, cache);
  }
  const { matches } = textIndexSql(STATEMENTS, dialectOf(db));
  const testsFor = (matched: TextMatch) => join([matches(matched), ...testsOf(list, sql`${parent}`, true)], ' and ');
  const tests = testsFor(match);
  const key = JSON.stringify([tests.text, tests.values]);
  const cached = cache.get(key);
  if (cached) return cached;
  const ranked = common
    ? mapMaybePromise(
        rankWholeWords(db, match, isIndexed, testsFor(wholeWords(match))),
        (ranking) => ranking ?? rankFirstMatches(db, match, list, parent, common),
      )
    : mapMaybePromise(rankAllMatches(db, match, tests), (keys): Ranking => ({ keys, rest: undefined, last: '' }));
  return mapMaybePromise(ranked, (ranking) => {
    cache.set(key, ranking);
    return ranking;
  });
}

/** A ranking of the matches of whole words, which the other matches follow; null if there are none, or too many to rank. */
function rankWholeWords(db: ReadDb, match: TextMatch, isIndexed: boolean, tests: Sql): MaybePromise<Ranking | null> {
  if (!match.isPrefix) return null;
  const whole = wholeWords(match);
  const { table, matches } = textIndexSql(STATEMENTS, dialectOf(db));
  const counted = queryValues(
    db,
    sql`select count(*) from (select 1 from ${table} where ${matches(whole)} limit ${MAX_EXACT_RANKED + 1}) as matches`,
  );
  return mapMaybePromise(counted, ([[count = 0] = []]) => {
    if ((count as number) > MAX_EXACT_RANKED) return null;
    return mapMaybePromise(rankAllMatches(db, whole, tests), (keys) => {
      if (keys.length === 0) return null;
      const others = { ...match, isOnlyPrefix: true };
      return mapMaybePromise(searchTest(db, STATEMENTS, { match: others, isIndexed }), (found) => ({
        keys,
        rest: matchesInTextOrder(STATEMENTS, others, found, dialectOf(db)),
        last: '',
      }));
    });
  });
}

/** The index of statements and the statements that it finds. */
function matchedRows(db: ReadDb): Sql {
  const { table, hit, foundHit } = textIndexSql(STATEMENTS, dialectOf(db));
  return sql`${table} cross join ${statement} as found on ${foundHit} = ${hit}`;
}

/** Keys of all matches, the best first, and those of whole words before those of a beginning. */
function rankAllMatches(db: ReadDb, match: TextMatch, tests: Sql): MaybePromise<string[]> {
  const dialect = dialectOf(db);
  const { table, hit, matches } = textIndexSql(STATEMENTS, dialect);
  const whole = matches(wholeWords(match));
  // FTS5 finds rows, and does not test one of another query.
  const isWholeMatch = dialect === 'sqlite' ? sql`${hit} in (select ${hit} from ${table} where ${whole})` : whole;
  const isWhole = match.isPrefix ? sql`case when ${isWholeMatch} then 1 else 0 end` : sql`1`;
  return mapMaybePromise(
    queryValues(
      db,
      sql`select found.text_key, found.summary, ${isWhole} from ${matchedRows(db)} where ${tests} order by found.text_key`,
    ),
    (rows) =>
      score(
        match,
        (rows as [string, string, number][]).map(([key, text, whole]) => ({ key, text, isWhole: whole === 1 })),
      ),
  );
}

/** A ranking of the first matches of a list, in order of the text. */
function rankFirstMatches(
  db: ReadDb,
  match: TextMatch,
  list: KeysetList<typeof statement>,
  parent: string,
  rest: Condition,
): MaybePromise<Ranking> {
  const matched = { ...list, by: [...(list.by ?? []), rest] };
  return mapMaybePromise(
    queryValues(
      db,
      sql`select found.text_key, found.summary from (${firstIds(matched, parent, MAX_EXACT_RANKED)}) as page cross join ${statement} as found on found.id = page.found_id order by page.found_key`,
    ),
    (rows) => {
      const keys = score(
        match,
        (rows as [string, string][]).map(([key, text]) => ({ key, text })),
      );
      return { keys, rest, last: keys.toSorted().at(-1) ?? '' };
    },
  );
}

/** A page of the ranked matches followed by the others in order of the text. */
function pageOfRankedAndRest(
  { keys: ranked, last }: Ranking,
  rest: (page: Page) => MaybePromise<KeyedRow<StatementRow>[]>,
  page: Page,
  rowsOf: (keys: string[]) => MaybePromise<KeyedRow<StatementRow>[]>,
): MaybePromise<KeyedRow<StatementRow>[]> {
  const rankOf = (key: string | null, otherwise: number) => (key === null ? otherwise : ranked.indexOf(key));
  const [after, before] = [rankOf(page.after, -1), rankOf(page.before, ranked.length)];
  const [afterIsRest, beforeIsRest] = [page.after !== null && after < 0, page.before === null || before < 0];
  const within = afterIsRest ? [] : ranked.slice(after + 1, before < 0 ? ranked.length : before);
  const others = (size: number): MaybePromise<KeyedRow<StatementRow>[]> =>
    beforeIsRest && size >= 0
      ? rest({ ...page, size, after: afterIsRest ? page.after : last, before: before < 0 ? page.before : null })
      : [];
  if (page.fromEnd) {
    return mapMaybePromise(others(page.size), (end) =>
      mapMaybePromise(rowsOf(within.slice(Math.max(0, within.length - (page.size + 1 - end.length)))), (rows) => [
        ...rows,
        ...end,
      ]),
    );
  }
  const start = within.slice(0, page.size + 1);
  return mapMaybePromise(rowsOf(start), (rows) =>
    mapMaybePromise(others(page.size - start.length), (end) => [...rows, ...end]),
  );
}

const rowsAt = (db: ReadDb, keys: string[]): MaybePromise<KeyedRow<StatementRow>[]> =>
  mapMaybePromise(rowsById(db, statement, statement.textKey)(keys), (rows) =>
    rows.flatMap((node, index) => (node ? [{ key: keys[index] as string, node }] : [])),
  );
