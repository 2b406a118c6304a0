import type { CodePointText } from '@dossier/domain/facts';

/** Letters of scripts in which words are separated and nothing is written together with them. */
const DIVIDED = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}]/u;
const DIGIT = /^\p{Nd}/u;
const SEPARATOR = /^[.,'’٬٫\u00a0\u202f]$/u;

/** Whether a position of a text is inside a word or a number, e.g. before "74 million" in "42.74 million". */
export function dividesWord(text: CodePointText, position: number): boolean {
  const characterAt = (at: number): string => (at < 0 ? '' : text.slice(at, at + 1));
  let before = position - 1;
  while (/^\p{M}$/u.test(characterAt(before))) before -= 1;
  const [left, right] = [characterAt(before), characterAt(position)];
  if ((DIVIDED.test(left) && DIVIDED.test(right)) || (DIGIT.test(left) && DIGIT.test(right))) return true;
  // A separator between two digits belongs to their number.
  return (
    (SEPARATOR.test(left) && DIGIT.test(characterAt(before - 1)) && DIGIT.test(right)) ||
    (SEPARATOR.test(right) && DIGIT.test(left) && DIGIT.test(characterAt(position + 1)))
  );
}
