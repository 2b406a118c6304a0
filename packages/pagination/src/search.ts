import { badUserInput } from '@dossier/domain';
import { queryValues, raw, type StoreDb, sql } from '@dossier/store';
import type { RowTest } from './conditions.js';

/** Maximum length of a search in UTF-16 units: every word is one index lookup. */
const MAX_LENGTH = 500;
/** The longest beginning of words that the full-text indexes list by itself, in code points: `prefix` in the migrations. */
const MAX_INDEXED_PREFIX = 6;
/** Matches up to which a search lists all of them to test rows against. To look up one row takes as long as to list a few hundred. */
const MAX_LISTED = 50_000;

/** FTS5 queries for search input. Syntax: https://www.sqlite.org/fts5.html#full_text_query_syntax */
export interface SearchQuery {
  /** Every word must occur; the last one may be the beginning of a word. */
  query: string;
  /** Every word must occur as a whole. The same as `query` if its last word is not completed. */
  exact: string;
  /** Whether the index has the matches of the last word in one list, so that finding the first ones does not read all. */
  isIndexed: boolean;
}

/**
 * The queries for search input: every word must occur, and words joined by anything but a space (`jong-un`) must be adjacent.
 * The last word may be the beginning of a word, unless it is an abbreviation: two or more capitals (`DPR` is not `DPRK`).
 * Every term is quoted, so that no input is parsed as an operator, and occurs once, however often it is in the input. `null` if
 * the input has no words.
 */
export function searchQuery(input: string): SearchQuery | null {
  if (input.length > MAX_LENGTH)
    throw badUserInput('search', `Argument "search" is too long; expected at most ${MAX_LENGTH} characters.`);
  const phrases = input
    .split(/\s+/u)
    .map((chunk) => (chunk.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' '))
    .filter((phrase) => phrase !== '');
  // The index ignores case, and marks on Latin letters; on others (`й`, `ё`) it does not.
  const folded = (phrase: string): string =>
    phrase
      .normalize('NFD')
      .replaceAll(/(\p{Script=Latin})\p{M}+/gu, '$1')
      .replaceAll(/\p{Script=Latin}/gu, (letter) => letter.toLowerCase());
  const distinct = new Map(phrases.map((phrase) => [folded(phrase), `"${phrase}"`]));
  const last = phrases.at(-1);
  if (last === undefined) return null;
  const exact = [...distinct.values()].join(' ');
  const lastWord = last.slice(last.lastIndexOf(' ') + 1);
  // A word that also occurs earlier in the input must occur as a whole.
  const isRepeated = phrases.slice(0, -1).some((phrase) => folded(phrase) === folded(last));
  return isRepeated || ABBREVIATION.test(lastWord)
    ? { query: exact, exact, isIndexed: true }
    : { query: `${exact}*`, exact, isIndexed: [...lastWord].length <= MAX_INDEXED_PREFIX };
}

const ABBREVIATION = /^(?:\p{N}*\p{Lu}){2}[\p{Lu}\p{N}]*$/u;

/**
 * The matches of a query in a full-text index whose row ids are those of the listed rows: how many, counted up to a limit, and
 * a test of rows that is fast for any number of matches.
 */
export function searchTest(
  db: StoreDb,
  index: string,
  { query, isIndexed }: Pick<SearchQuery, 'query' | 'isIndexed'>,
): { count: number; test: RowTest } {
  const table = raw(index);
  const [[count = 0] = []] = queryValues(
    db,
    sql`select count(*) from (select 1 from ${table} where ${table} match ${query} limit ${MAX_LISTED + 1})`,
  );
  // The unary plus keeps SQLite from using the row id here, so that the list is still scanned in its order.
  const isListed = sql`+found.rowid in (select rowid from ${table} where ${table} match ${query})`;
  const isMatch = sql`exists (select 1 from ${table} where ${table} match ${query} and ${table}.rowid = found.rowid)`;
  const areFew = (count as number) <= MAX_LISTED;
  // Without an index of the prefix, each lookup of a row would read the lists of all words with that beginning.
  return { count: count as number, test: { ofPage: areFew || !isIndexed ? isListed : isMatch, ofAll: isListed } };
}
