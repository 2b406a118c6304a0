import { badUserInput } from '@dossier/domain';
import {
  type Connection,
  connectionOf,
  type KeyedRow,
  type KeysetList,
  keysetCounts,
  keysetPages,
  listTag,
  type Page,
  readPage,
  testsOf,
} from '@dossier/pagination';
import { join, rowsById, type Sql, type StoreDb, sql, valuesOf } from '@dossier/store';
import type { ListRequest, Loaders } from '@dossier/subgraph-server';
import { LRUCache } from 'lru-cache';
import { statement } from '../tables.js';
import { score } from './score.js';
import { FEW, type Search } from './search.js';

type StatementRow = typeof statement.$inferSelect;

/**
 * A page of matches, the best first. A rank is no column to seek by, so all matches are ranked for each page where they
 * are few. Where they are many, the first of them in order of the text are, and the others follow in that order.
 */
export async function rankedPage(
  db: StoreDb,
  loaders: Loaders,
  search: Search,
  list: KeysetList<typeof statement>,
  request: ListRequest,
): Promise<Connection<StatementRow> & { rankingIsBounded: boolean }> {
  const tag = listTag(request.coordinate, request.parent, request.order ?? null, request.filter);
  const page = readPage(request.args, tag);
  const parent = request.parent ?? '';
  const isBounded = search.common !== undefined;
  const { query } = search;
  const ranking = query === null ? NONE : await loaders.read(() => rankingOf(db, query, isBounded, list, parent));
  for (const argument of ['after', 'before'] as const) {
    const key = page[argument];
    if (key !== null && !isBounded && !ranking.keys.includes(key))
      throw badUserInput(
        argument,
        `Argument "${argument}" is a cursor of a statement that no longer matches; expected one of this list.`,
      );
  }
  const all: KeysetList<typeof statement> = { ...list, by: [...(list.by ?? []), search.common] };
  const rest = (edges: Page) => (isBounded ? (keysetPages(db, all, [parent], edges)[0] ?? []) : []);
  const rows = await loaders.read(() => pageOfBoth(ranking, rest, page, (keys) => rowsAt(db, keys)));
  const count = () => (isBounded ? loaders.read(() => keysetCounts(db, all, [parent])[0] ?? 0) : ranking.keys.length);
  return Object.assign(connectionOf(rows, page, tag, count), { rankingIsBounded: isBounded });
}

/** Rankings kept: a search is paged through, and a store never changes while it is open. */
const RANKINGS_KEPT = 64;
const rankings = new WeakMap<StoreDb, LRUCache<string, Ranking>>();

interface Ranking {
  /** Keys of the ranked matches, the best first. */
  keys: string[];
  /** The last of them in order of the text: what is not ranked follows it. */
  last: string;
}

const NONE: Ranking = { keys: [], last: '' };

function rankingOf(
  db: StoreDb,
  query: string,
  isBounded: boolean,
  list: KeysetList<typeof statement>,
  parent: string,
): Ranking {
  let kept = rankings.get(db);
  if (!kept) {
    kept = new LRUCache({ max: RANKINGS_KEPT });
    rankings.set(db, kept);
  }
  const tests = join([sql`statement_search match ${query}`, ...testsOf(list, sql`${parent}`, true)], ' and ');
  const key = JSON.stringify([tests.text, tests.values]);
  let ranking = kept.get(key);
  if (!ranking) {
    const keys = isBounded ? bestOfFirst(db, query, tests) : best(db, tests);
    ranking = { keys, last: keys.toSorted().at(-1) ?? '' };
    kept.set(key, ranking);
  }
  return ranking;
}

const matches = sql`statement_search cross join ${statement} as found on found.rowid = statement_search.rowid`;

/** All matches, by bm25. */
const best = (db: StoreDb, tests: Sql): string[] =>
  valuesOf(
    db,
    sql`select found.text_key from ${matches} where ${tests} order by bm25(statement_search), found.text_key`,
  ).map(([key]) => key as string);

/** The first matches in order of the text, scored here: bm25 would count every match of every word. */
function bestOfFirst(db: StoreDb, query: string, tests: Sql): string[] {
  return score(
    query,
    valuesOf(
      db,
      sql`select found.text_key, found.summary from ${matches} where ${tests} order by statement_search.rowid limit ${FEW}`,
    ) as [string, string][],
  );
}

/** A page over the ranked matches and, after them, the others in order of the text. */
function pageOfBoth(
  { keys: ranked, last }: Ranking,
  rest: (page: Page) => KeyedRow<StatementRow>[],
  page: Page,
  rowsOf: (keys: string[]) => KeyedRow<StatementRow>[],
): KeyedRow<StatementRow>[] {
  const place = (key: string | null, otherwise: number) => (key === null ? otherwise : ranked.indexOf(key));
  const [after, before] = [place(page.after, -1), place(page.before, ranked.length)];
  const [afterIsRest, beforeIsRest] = [page.after !== null && after < 0, page.before === null || before < 0];
  const own = afterIsRest ? [] : ranked.slice(after + 1, before < 0 ? ranked.length : before);
  const others = (size: number) =>
    beforeIsRest && size >= 0
      ? rest({ ...page, size, after: afterIsRest ? page.after : last, before: before < 0 ? page.before : null })
      : [];
  if (page.fromEnd) {
    const end = others(page.size);
    return [...rowsOf(own.slice(Math.max(0, own.length - (page.size + 1 - end.length)))), ...end];
  }
  const start = own.slice(0, page.size + 1);
  return [...rowsOf(start), ...others(page.size - start.length)];
}

function rowsAt(db: StoreDb, keys: string[]): KeyedRow<StatementRow>[] {
  return rowsById(
    db,
    statement,
    statement.textKey,
  )(keys).flatMap((node, index) => (node ? [{ key: keys[index] as string, node }] : []));
}
