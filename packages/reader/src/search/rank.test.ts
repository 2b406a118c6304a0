import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasWords, markWords, nearness, prefixesOf, wordsOf } from './rank.js';

describe('the words of a search', () => {
  it('are compared without case and marks, in any script', () => {
    expect(wordsOf('Ström, ÉLAN и Край 김정은')).toEqual(['strom', 'elan', 'и', 'краи', '김정은'.normalize('NFKD')]);
    expect(hasWords('Rénard of Zenda', wordsOf('renard zen'))).toBe(true);
    expect(hasWords('Rénard of Zenda', wordsOf('ren zenda'))).toBe(false);
    expect(hasWords('S/RES/9999 (2031)', wordsOf('9999'))).toBe(true);
  });

  it('are marked in a text, whose parts are together the text', () => {
    expect(markWords('Ferries to Zenda', ['fer']).filter(({ isMatch }) => isMatch)).toEqual([
      { text: 'Ferries', isMatch: true },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (text, typed) => {
        expect(
          markWords(text, typed)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('a near match', () => {
  it('is nearer the more letters it shares', () => {
    const typed = wordsOf('kommersannt');

    expect(nearness('Kommersant', typed)).toBeGreaterThan(0.8);
    expect(nearness('Gazette', typed)).toBeLessThan(0.2);
  });

  it('is looked for by the beginnings of the longest words', () => {
    expect(prefixesOf(wordsOf('kommersannt of ferries'), 2)).toEqual(['kommers', 'ferri']);
    expect(prefixesOf(wordsOf('komersant'), 2)).toEqual(['komers', 'kom']);
    expect(prefixesOf(wordsOf('kim'), 2)).toEqual(['kim']);
    expect(prefixesOf(wordsOf('a b'), 2)).toEqual([]);
  });
});
