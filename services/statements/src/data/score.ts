/** The parameters k1 and b of BM25 at their usual values: how fast further occurrences lose weight, and how much length counts. */
const K1 = 1.2;
const B = 0.75;

/**
 * The keys of texts by descending BM25 score without word frequencies (https://en.wikipedia.org/wiki/Okapi_BM25), those with all
 * words as a whole before those with the beginning of a word; ties in the given order.
 */
export function score(query: string, texts: readonly (readonly [key: string, text: string])[]): string[] {
  const parsed = [...query.matchAll(/"([^"]+)"(\*)?/g)].map(([, phrase = '', star]) => ({
    start: `(?<![\\p{L}\\p{N}])${normalize(phrase).replaceAll(' ', '[^\\p{L}\\p{N}]+')}`,
    isPrefix: star !== undefined,
  }));
  const phrases = parsed.map(({ start, isPrefix }) => new RegExp(isPrefix ? start : start + WORD_END, 'gu'));
  const wholeWords = parsed.flatMap(({ start, isPrefix }) => (isPrefix ? [new RegExp(start + WORD_END, 'u')] : []));
  const mean = texts.reduce((sum, [, text]) => sum + text.length, 0) / Math.max(1, texts.length);
  return texts
    .map(([key, text]) => {
      const words = normalize(text);
      const norm = K1 * (1 - B + (B * text.length) / mean);
      return {
        key,
        isWhole: wholeWords.every((word) => word.test(words)),
        score: phrases.reduce((sum, phrase) => sum + saturated(words.match(phrase)?.length ?? 0, norm), 0),
      };
    })
    .sort((a, b) => Number(b.isWhole) - Number(a.isWhole) || b.score - a.score)
    .map(({ key }) => key);
}

const WORD_END = '(?![\\p{L}\\p{N}])';

const saturated = (count: number, norm: number): number => (count * (K1 + 1)) / (count + norm);

/** As the index tokenizes: lower case, without diacritics. */
const normalize = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
