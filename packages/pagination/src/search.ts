import { badUserInput } from '@dossier/domain';
import {
  dialectOf,
  type MaybePromise,
  mapMaybePromise,
  queryValues,
  type ReadDb,
  sql,
  type TextIndex,
} from '@dossier/store';
import type { IndexScan, RowTest } from './conditions.js';
import { type TextMatch, textIndexSql } from './textMatch.js';
import { listScan, shortestList } from './wordLists.js';
import { cased, wordsOf } from './words.js';

/** Maximum length of a search in UTF-16 units: every word is one index lookup. */
const MAX_LENGTH = 500;
/** The longest beginning of words that the full-text indexes list by itself, in code points: `prefix` in the migrations. */
const MAX_INDEXED_PREFIX = 6;
/** Matches up to which a search lists all of them to test rows against. To look up one row takes as long as to list a few hundred. */
const MAX_LISTED = 50_000;

/** Matches up to which they are few: all of them are read. In PostgreSQL, more are not counted, because that would read their rows. */
const MAX_FEW = 1_000;
/** A list with more than this share of all rows is not scanned for the matches of several words: it takes as long to scan all rows. */
const MAX_SHARE = 1 / 50;

/** A search that a client entered. */
export interface SearchQuery {
  match: TextMatch;
  /** Whether the index has the matches of the last word in one list, so that finding the first ones does not read all. */
  isIndexed: boolean;
}

/**
 * The search for a text: every word must occur, and words joined by anything but a space (`jong-un`) must be adjacent.
 * The last word may be the beginning of a word, unless it is an abbreviation: two or more capitals (`DPR` is not `DPRK`), or occurs
 * earlier in the input. `null` if the input has no words.
 */
export function searchQuery(input: string): SearchQuery | null {
  if (input.length > MAX_LENGTH)
    throw badUserInput('search', `Argument "search" is too long; expected at most ${MAX_LENGTH} characters.`);
  const found = input
    .split(/\s+/u)
    .map((chunk) => wordsOf(chunk).join(' '))
    .filter((phrase) => phrase !== '');
  const last = found.at(-1);
  if (last === undefined) return null;
  const phrases = [...new Set(found)];
  const lastWord = last.slice(last.lastIndexOf(' ') + 1);
  const isRepeated = found.indexOf(last) < found.length - 1;
  const isPrefix = !isRepeated && !ABBREVIATION.test(cased(input).at(-1) ?? '');
  return { match: { phrases, isPrefix }, isIndexed: !isPrefix || [...lastWord].length <= MAX_INDEXED_PREFIX };
}

const ABBREVIATION = /^(?:\p{N}*\p{Lu}){2}[\p{Lu}\p{N}]*$/u;

/** The matches of a search in an index. */
export interface SearchMatches {
  /** How many, counted up to a limit. */
  count: number;
  /** A test of rows that is fast for any number of matches. */
  test: RowTest;
  /** The scan that finds the first ones in order of the index, if it is another than that of all rows. */
  list?: { scan: IndexScan; isExact: boolean } | undefined;
}

/** Counts the matches of a search, and prepares how to find them. */
export function searchTest(
  db: ReadDb,
  index: TextIndex,
  { match, isIndexed }: SearchQuery,
): MaybePromise<SearchMatches> {
  const dialect = dialectOf(db);
  const { table, hit, foundHit, matches, hasMatch } = textIndexSql(index, dialect);
  const isMatch = hasMatch(match);
  // The unary plus keeps SQLite from using the row id here, so that the list is still scanned in its order.
  const isListed = sql`${dialect === 'sqlite' ? sql`+${foundHit}` : foundHit} in (select ${hit} from ${table} where ${matches(match)})`;
  const countUpTo = (limit: number) =>
    mapMaybePromise(
      queryValues(
        db,
        sql`select count(*) from (select 1 from ${table} where ${matches(match)} limit ${limit + 1}) as matches`,
      ),
      ([[count = 0] = []]) => count as number,
    );
  if (dialect === 'sqlite')
    return mapMaybePromise(countUpTo(MAX_LISTED), (count) => {
      // Without an index of the prefix, each lookup of a row would read the lists of all words with that beginning.
      const ofPage = count <= MAX_LISTED || !isIndexed ? isListed : isMatch;
      return { count, test: { ofPage, ofAll: isListed } };
    });
  const test = { ofPage: isMatch, ofAll: isListed };
  if (match.isAny || match.isOnlyPrefix) return mapMaybePromise(countUpTo(MAX_FEW), (count) => ({ count, test }));
  return mapMaybePromise(shortestList(db, index, match), (shortest) => {
    const { matches: listed, isExact, rowCount } = shortest;
    const list = isExact || listed < rowCount * MAX_SHARE ? { scan: listScan(index, shortest), isExact } : undefined;
    // If it is not exact, there are at most as many.
    return isExact || listed <= MAX_FEW
      ? { count: listed, test, list }
      : mapMaybePromise(countUpTo(MAX_FEW), (count) => ({ count, test, list }));
  });
}
