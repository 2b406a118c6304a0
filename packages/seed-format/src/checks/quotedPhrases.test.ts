import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROWTH_TIMEOUT, growth, LINEAR } from '../testing/growth.js';
import { quotedPhrases } from './quotedPhrases.js';

const MARKS = [
  ["'", "'"],
  ['‘', '’'],
  ['"', '"'],
  ['“', '”'],
] as const;

const wordsOf = (text: string): string[] => text.replace(/['’]/g, '').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** The same phrases, found by trying every pair of marks. */
function byEveryPair(text: string, few: number, many: number): string[] {
  const placesOf = (mark: string): number[] =>
    [...text].flatMap((character, index) => (character === mark ? [index] : []));
  const isLetter = (character: string | undefined): boolean => /[\p{L}\p{N}]/u.test(character ?? '');
  return MARKS.flatMap(([open, close]) =>
    placesOf(open)
      .filter((start) => !isLetter(text[start - 1]))
      .flatMap((start) => {
        const ends = placesOf(close).filter((end) => end > start && !isLetter(text[end + 1]));
        const phrases = ends.map((end, index) => ({ words: wordsOf(text.slice(start + 1, end)), isSure: index === 0 }));
        const sought = phrases.filter(({ words, isSure }) => words.length > few && (isSure || words.length <= many));
        return [...new Set(sought.map(({ words, isSure }) => `${isSure ? 'sure' : 'maybe'} ${words.join(' ')}`))];
      }),
  );
}

const found = (text: string, few: number, many: number): string[] =>
  [...quotedPhrases(text, few, many)].map(
    ({ phrase, count, isCertain }) => `${isCertain ? 'sure' : 'maybe'} ${wordsOf(phrase).slice(0, count).join(' ')}`,
  );

describe('quotedPhrases', () => {
  it('finds the phrases between all pairs of marks that may open and close one', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', ' ', ' ', "'", '’', '‘', '"', '“', '”', ',', 'b '),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, (words) => {
        // Of phrases with the same words, `quotedPhrases` returns only the first.
        const unlessSure = (phrases: string[]) =>
          phrases.filter((phrase) => !phrase.startsWith('maybe') || !phrases.includes(phrase.replace('maybe', 'sure')));

        expect(unlessSure(found(words, 1, 3))).toEqual(unlessSure(byEveryPair(words, 1, 3)));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['only marks', "' "],
    ['marks that open', "'a "],
    ['marks that close', "a' "],
    ['apostrophes in a row', "a''"],
    ['quotations', "'a b c d e f' "],
    ['single letters between marks', "' a' "],
    ['marks of every kind', `'a "b ‘c’ “d” `],
  ])(
    'takes linear time: %s',
    (_, part) => {
      const countAll = (size: number) => [...quotedPhrases(part.repeat(size), 5, 7)].length;

      expect(growth(countAll, 10_000)).toBeLessThan(LINEAR);
    },
    GROWTH_TIMEOUT,
  );
});
