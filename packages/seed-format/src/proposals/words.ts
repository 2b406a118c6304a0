/** A word of a text, in UTF-16 units of the text. In scripts without spaces each character is a word of its own. */
export interface Word {
  start: number;
  end: number;
  /** As it is in the text. */
  text: string;
  /** In NFC and lower case, without invisible characters, vowel points of Arabic and Hebrew, and variants of alef. */
  folded: string;
}

export type Script = 'LATIN' | 'CYRILLIC' | 'HANGUL' | 'ARABIC' | 'HEBREW' | 'CONTINUOUS' | 'OTHER';

// Soft hyphens, joiners and zero-width spaces stand within words.
const INVISIBLE = '\\u00ad\\u200b-\\u200d\\u2060\\ufeff';
const RUN = new RegExp(`[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}${INVISIBLE}]*`, 'gu');
const INVISIBLE_CHARACTERS = new RegExp(`[${INVISIBLE}\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]`, 'gu');
const TRAILING_INVISIBLE = new RegExp(`[${INVISIBLE}]+$`, 'u');

/** Scripts that are written without spaces between words. */
const CONTINUOUS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
const SCRIPTS: readonly [Script, RegExp][] = [
  ['LATIN', /^\p{Script=Latin}/u],
  ['CYRILLIC', /^\p{Script=Cyrillic}/u],
  ['HANGUL', /^\p{Script=Hangul}/u],
  ['ARABIC', /^\p{Script=Arabic}/u],
  ['HEBREW', /^\p{Script=Hebrew}/u],
  ['CONTINUOUS', CONTINUOUS],
];
const HANGUL = /^\p{Script=Hangul}/u;
const MAY_BE_DIVIDED =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
const ASCII = /^[\0-\x7f]*$/;

export const scriptOf = (word: string): Script => SCRIPTS.find(([, pattern]) => pattern.test(word))?.[0] ?? 'OTHER';

/** The words of a text, in order. Whatever is between two of them is punctuation or white space. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const trimmed = run.replace(TRAILING_INVISIBLE, '');
    if (!MAY_BE_DIVIDED.test(trimmed)) words.push(wordAt(trimmed, index));
    else for (const { start, text: part } of dividedByScript(trimmed)) words.push(wordAt(part, index + start));
  }
  return words;
}

/** Parts of a run of letters: Hangul ("KCNA는" is "KCNA" and "는"), each character of a script without spaces, and what is between. */
function dividedByScript(run: string): { start: number; text: string }[] {
  const parts: { start: number; text: string; kind: string }[] = [];
  for (const { start, text } of graphemesOf(run)) {
    const kind = CONTINUOUS.test(text) ? 'CONTINUOUS' : HANGUL.test(text) ? 'HANGUL' : 'OTHER';
    const last = parts.at(-1);
    if (last && last.kind === kind && kind !== 'CONTINUOUS') last.text += text;
    else parts.push({ start, text, kind });
  }
  return parts;
}

const wordAt = (text: string, start: number): Word => ({
  start,
  end: start + text.length,
  text,
  folded: foldWord(text),
});

/** The characters as readers see them: a letter with its marks, a Hangul syllable in any normalization form. */
export function graphemesOf(text: string): { start: number; text: string }[] {
  if (ASCII.test(text)) return [...text].map((character, start) => ({ start, text: character }));
  return [...GRAPHEMES.segment(text)].map(({ segment, index }) => ({ start: index, text: segment }));
}
const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' });

export function foldWord(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase();
  return word
    .replace(INVISIBLE_CHARACTERS, '')
    .normalize('NFC')
    .replace(/[\u064b-\u065f\u0670\u0640\u0591-\u05c7]/gu, '')
    .replace(/[أإآٱ]/gu, 'ا')
    .replace(/[\u2019]/gu, "'")
    .toLowerCase();
}

/**
 * What is between two words, for comparison: white space of any kind and hyphens are one space ("Jong-un", "Jong un"), apostrophes
 * and quotation marks of any shape are equal. An empty line remains different from a space.
 */
export function foldGap(gap: string): string {
  if (gap === ' ') return gap;
  return gap
    .replace(INVISIBLE_CHARACTERS, '')
    .replace(/[\s\u00a0]*\r?\n[^\S\n]*\r?\n\s*/gu, '\u2029')
    .replace(/[\p{Pd}\u2212]/gu, ' ')
    .replace(/[^\S\u2029]+/gu, ' ')
    .replace(/[\u2018\u2019\u201b\u02bc\u2032`´]/gu, "'")
    .replace(/[\u201c-\u201f\u2033«»„]/gu, '"');
}

/** Positions, in UTF-16 units, at which a word of the language may begin or end, for scripts without spaces. */
export function segmentBoundaries(text: string): ReadonlySet<number> {
  const boundaries = new Set<number>();
  if (!CONTINUOUS.test(text)) return boundaries;
  for (const { index } of WORDS.segment(text)) boundaries.add(index);
  return boundaries.add(text.length);
}
const WORDS = new Intl.Segmenter('und', { granularity: 'word' });

export const isUpperCase = (letter: string): boolean => /^[\p{Lu}\p{Lt}]/u.test(letter);
/** Whether a word has two capital letters or more, and no small one. */
export const isAllCapitals = (word: string): boolean => /\p{Lu}.*\p{Lu}/u.test(word) && !/\p{Ll}/u.test(word);
export const isKatakana = (character: string): boolean => /^[\p{Script=Katakana}ー]/u.test(character);
