import { badUserInput } from '@dossier/domain';

/** Characters of a search at most: each word costs a walk through the index. */
const LONGEST = 500;

/**
 * An FTS5 query for what a person typed: every word must occur, words joined by anything but a space (`jong-un`) next to
 * each other. Each term is quoted, so nothing typed is ever read as an operator. `null` where there is not a single word.
 */
export function searchQuery(typed: string): string | null {
  if (typed.length > LONGEST)
    throw badUserInput('search', `Argument "search" is too long; expected at most ${LONGEST} characters.`);
  const phrases = typed
    .split(/\s+/u)
    .map((chunk) => (chunk.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' '))
    .filter((phrase) => phrase !== '');
  return phrases.length === 0 ? null : phrases.map((phrase) => `"${phrase}"`).join(' ');
}
