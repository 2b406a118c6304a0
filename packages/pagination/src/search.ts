import { badUserInput } from '@dossier/domain';

/** Characters of a search at most: each word costs a walk through the index. */
const LONGEST = 500;

/**
 * An FTS5 query for what a person typed: every word must occur, words joined by anything but a space (`jong-un`) next to
 * each other. Each term is quoted, so nothing typed is ever read as an operator, and stands there once, however often it was
 * typed. `null` where there is not a single word.
 */
export function searchQuery(typed: string): string | null {
  if (typed.length > LONGEST)
    throw badUserInput('search', `Argument "search" is too long; expected at most ${LONGEST} characters.`);
  const phrases = typed
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
