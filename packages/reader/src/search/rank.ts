/** Text without case and marks, for comparing what was typed with what was found. */
const normalize = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();

/** The words of a text, in the form in which they are compared. */
export const wordsOf = (text: string): string[] => normalize(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether a text has every word: whole ones, and the last also as the beginning of one. */
export function hasWords(text: string, words: readonly string[]): boolean {
  const found = wordsOf(text);
  return (
    words.length > 0 &&
    words.every((word, index) =>
      found.some((each) => (index === words.length - 1 ? each.startsWith(word) : each === word)),
    )
  );
}

const pairsOf = (word: string): string[] =>
  Array.from({ length: Math.max(0, word.length - 1) }, (_, index) => word.slice(index, index + 2));

/** How similar two words are, from 0 to 1: the share of their pairs of letters that both have (Dice). */
function similarity(a: string, b: string): number {
  if (a === b) return 1;
  const [left, right] = [pairsOf(a), pairsOf(b)];
  if (left.length === 0 || right.length === 0) return 0;
  const rest = [...right];
  let shared = 0;
  for (const pair of left) {
    const at = rest.indexOf(pair);
    if (at < 0) continue;
    shared++;
    rest.splice(at, 1);
  }
  return (2 * shared) / (left.length + right.length);
}

/** How near a text is to what was typed: the similarity of the most similar words, averaged over the typed words. */
export function nearness(text: string, typed: readonly string[]): number {
  const found = wordsOf(text);
  const best = typed.map((word) => Math.max(0, ...found.map((each) => similarity(word, each))));
  return best.length === 0 ? 0 : best.reduce((sum, each) => sum + each, 0) / best.length;
}

/**
 * Beginnings of the typed words that still find a word with another ending, at most `count`, the longest words first. Last is a shorter
 * one of the longest word, which finds it in spite of an error near its beginning.
 */
export function prefixesOf(typed: readonly string[], count: number): string[] {
  const words = [...new Set(typed)].filter((word) => word.length >= MIN_PREFIX).sort((a, b) => b.length - a.length);
  const prefixes = words.map((word) => word.slice(0, Math.max(MIN_PREFIX, Math.ceil(word.length * 0.6))));
  return [...new Set([...prefixes, ...words.slice(0, 1).map((word) => word.slice(0, MIN_PREFIX))])].slice(0, count);
}

const MIN_PREFIX = 3;

/** A text as parts that do and do not begin with a typed word, which together are the text. */
export function markWords(text: string, typed: readonly string[]): { text: string; isMatch: boolean }[] {
  return text
    .split(/([\p{L}\p{N}\p{M}]+)/u)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, isMatch: typed.some((word) => normalize(part).startsWith(word)) }));
}
