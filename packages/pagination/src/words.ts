/** Maximum length of a word in code points; longer ones are cut off. PostgreSQL has a limit of 2,046 bytes. */
const MAX_CODE_POINTS = 200;

const WORD = /[\p{L}\p{N}]+/gu;

/** A text without marks, and with one form of each letter: https://unicode.org/reports/tr15/ */
const withoutMarks = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .normalize('NFC');

/** The words of a text with their capitals, but without marks. */
export const cased = (text: string): string[] => withoutMarks(text).match(WORD) ?? [];

/**
 * The words of a text, as they are indexed and searched: runs of letters and digits in lower case and without marks, whatever the
 * script. The databases are given these words, so that both find the same.
 */
export function wordsOf(text: string): string[] {
  const folded = IS_ASCII.test(text) ? text.toLowerCase() : withoutMarks(text).toLowerCase().replaceAll('ς', 'σ');
  return (folded.match(WORD) ?? []).map((word) =>
    word.length <= MAX_CODE_POINTS ? word : [...word].slice(0, MAX_CODE_POINTS).join(''),
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const IS_ASCII = /^[\x00-\x7f]*$/;

/** A text for an index: its words, separated by spaces. */
export const indexedText = (text: string): string => wordsOf(text).join(' ');
