/** The parameters k1 and b of BM25 at their usual values: how fast further occurrences lose weight, and how much length counts. */
const K1 = 1.2;
const B = 0.75;

/** The keys of texts by descending BM25 score without word frequencies (https://en.wikipedia.org/wiki/Okapi_BM25); ties in the given order. */
export function score(query: string, texts: readonly (readonly [key: string, text: string])[]): string[] {
  const phrases = [...query.matchAll(/"([^"]+)"/g)].map(
    ([, phrase]) =>
      new RegExp(
        `(?<![\\p{L}\\p{N}])${normalize(phrase as string).replaceAll(' ', '[^\\p{L}\\p{N}]+')}(?![\\p{L}\\p{N}])`,
        'gu',
      ),
  );
  const mean = texts.reduce((sum, [, text]) => sum + text.length, 0) / Math.max(1, texts.length);
  return texts
    .map(([key, text]) => {
      const words = normalize(text);
      const norm = K1 * (1 - B + (B * text.length) / mean);
      return {
        key,
        score: phrases.reduce((sum, phrase) => sum + saturated(words.match(phrase)?.length ?? 0, norm), 0),
      };
    })
    .sort((a, b) => b.score - a.score)
    .map(({ key }) => key);
}

const saturated = (count: number, norm: number): number => (count * (K1 + 1)) / (count + norm);

/** As the index tokenizes: lower case, without diacritics. */
const normalize = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
