import { badUserInput } from '@dossier/domain';

/** Maximum length of a search in UTF-16 units: every word is one index lookup. */
const MAX_LENGTH = 500;

/**
 * An FTS5 query for search input: every word must occur, and words joined by anything but a space (`jong-un`) must be adjacent.
 * Every term is quoted, so that no input is parsed as an operator, and occurs once, however often it is in the input. `null` if
 * the input has no words.
 * FTS5 query syntax: https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
export function searchQuery(input: string): string | null {
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
  const distinct = new Map(phrases.map((phrase) => [folded(phrase), phrase]));
  return distinct.size === 0 ? null : [...distinct.values()].map((phrase) => `"${phrase}"`).join(' ');
}
