import { indexedText, type TextMatch } from '@dossier/pagination';

/** The parameters k1 and b of BM25 at their usual values: how fast further occurrences lose weight, and how much length counts. */
const K1 = 1.2;
const B = 0.75;

/** A text to score. */
export interface ScoredText {
  key: string;
  text: string;
  /** Whether it has all words as a whole, where that is known from elsewhere. */
  isWhole?: boolean;
}

/**
 * The keys of texts by descending BM25 score without word frequencies (https://en.wikipedia.org/wiki/Okapi_BM25), those with all
 * words as a whole before those with the beginning of a word; ties in the given order.
 */
export function score({ phrases, isPrefix }: TextMatch, texts: readonly ScoredText[]): string[] {
  const last = phrases.length - 1;
  const terms = phrases.map((phrase, index) => ` ${phrase}${isPrefix && index === last ? '' : ' '}`);
  const lastWhole = ` ${phrases[last]} `;
  const indexed = texts.map(({ key, text, isWhole }) => ({ key, isWhole, words: ` ${indexedText(text)} ` }));
  const mean = indexed.reduce((sum, { words }) => sum + words.length, 0) / Math.max(1, indexed.length);
  return indexed
    .map(({ key, words, isWhole }) => {
      const norm = K1 * (1 - B + (B * words.length) / mean);
      return {
        key,
        isWhole: isWhole ?? (!isPrefix || words.includes(lastWhole)),
        score: terms.reduce((sum, term) => sum + saturated(occurrences(words, term), norm), 0),
      };
    })
    .sort((a, b) => Number(b.isWhole) - Number(a.isWhole) || b.score - a.score)
    .map(({ key }) => key);
}

const saturated = (count: number, norm: number): number => (count * (K1 + 1)) / (count + norm);

/** How often a term occurs in words that are separated by spaces; neighbours share the space between them. */
function occurrences(words: string, term: string): number {
  let count = 0;
  for (let at = words.indexOf(term); at >= 0; at = words.indexOf(term, at + 1)) count++;
  return count;
}
