/** How soon another occurrence of a word stops counting, and how much a long text counts less: the usual values of BM25. */
const SATURATION = 1.2;
const LENGTH = 0.75;

/** Keys of texts, those first that say the searched words more often for their length; of the same score, in the order given. */
export function score(query: string, texts: readonly (readonly [key: string, text: string])[]): string[] {
  const phrases = [...query.matchAll(/"([^"]+)"/g)].map(
    ([, phrase]) =>
      new RegExp(
        `(?<![\\p{L}\\p{N}])${plain(phrase as string).replaceAll(' ', '[^\\p{L}\\p{N}]+')}(?![\\p{L}\\p{N}])`,
        'gu',
      ),
  );
  const mean = texts.reduce((sum, [, text]) => sum + text.length, 0) / Math.max(1, texts.length);
  return texts
    .map(([key, text]) => {
      const words = plain(text);
      const norm = SATURATION * (1 - LENGTH + (LENGTH * text.length) / mean);
      return {
        key,
        score: phrases.reduce((sum, phrase) => sum + saturated(words.match(phrase)?.length ?? 0, norm), 0),
      };
    })
    .sort((a, b) => b.score - a.score)
    .map(({ key }) => key);
}

const saturated = (count: number, norm: number): number => (count * (SATURATION + 1)) / (count + norm);

/** As the index holds words: without marks and capitals. */
const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
