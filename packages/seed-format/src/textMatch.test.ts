import { CodePointText } from '@dossier/domain/facts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROWTH_TIMEOUT, growth, LINEAR } from './testing/growth.js';
import { TextMatcher } from './textMatch.js';

/** The passages of a text that match the words. */
const found = (text: string, words: string): string[] => {
  const points = new CodePointText(text);
  return new TextMatcher(points).find(words).map(({ start, end }) => points.slice(start, end));
};
const nearest = (text: string, words: string) => {
  const points = new CodePointText(text);
  const near = new TextMatcher(points).nearest(words);
  return near && { text: points.slice(near.start, near.end), differences: near.differences, change: near.change };
};

describe('words in a text', () => {
  it(
    'are found in linear time, also on a very long line',
    () => {
      const find = (size: number) => found('word and another '.repeat(size), 'never anything').length;

      expect(growth((size) => expect(find(size)).toBe(0), 10_000)).toBeLessThan(LINEAR);
    },
    GROWTH_TIMEOUT,
  );

  it.each([
    ['decomposed accents', 'the cafe\u0301 of Valburg', 'café', 'cafe\u0301'],
    ['composed accents', 'the café of Valburg', 'cafe\u0301', 'café'],
    [
      'decomposed Hangul',
      '\u110c\u1165\u11bc\u110b\u1173\u11ab'.normalize('NFD'),
      '정은',
      '\u110c\u1165\u11bc\u110b\u1173\u11ab',
    ],
    [
      'decomposed Cyrillic',
      'Война\u0306'.normalize('NFD'),
      'Война\u0306'.normalize('NFC'),
      'Война\u0306'.normalize('NFD'),
    ],
    ['an Indic vowel in two parts', 'ক\u09c7\u09be', 'ক\u09cb', 'ক\u09c7\u09be'],
    ['curly quotation marks', 'He said “go”.', '"go"', '“go”'],
    ['a curly apostrophe', 'the Duke’s bridge', "Duke's", 'Duke’s'],
    ['straight marks for curly words', 'the Duke\'s "bridge"', 'Duke’s “bridge”', 'Duke\'s "bridge"'],
    ['no-break spaces', '100\u00a0million\u202fcrowns', '100 million crowns', '100\u00a0million\u202fcrowns'],
    ['line breaks', 'The bridge\r\n  is open', 'The bridge is open', 'The bridge\r\n  is open'],
    ['a no-break hyphen', 'Al\u2011Valburg', 'Al-Valburg', 'Al\u2011Valburg'],
    ['soft hyphens and direction marks', 'the am\u00adbas\u200esador', 'ambassador', 'am\u00adbas\u200esador'],
    ['a direction mark between spaces', 'the \u200f bridge', 'the bridge', 'the \u200f bridge'],
    ['emoji of several code points', 'وصل 👩‍👩‍👧 إلى', '👩‍👩‍👧', '👩‍👩‍👧'],
  ])('match %s', (_, text, words, passage) => {
    expect(found(text, words)).toEqual([passage]);
  });

  it.each([
    ['a letter without its combining mark', 'cafe\u0301', 'cafe'],
    ['a letter of a composed character', 'café', 'cafe'],
    ['a part of a Hangul syllable', '정'.normalize('NFD'), '저'],
    ['a part of an emoji', '👩‍👩‍👧', '👧'],
    ['half a surrogate pair', '𝒱alburg', '\udcb1'],
    ['another case', 'the Bridge', 'bridge'],
    ['no words', 'the bridge', ' \n'],
  ])('do not match %s', (_, text, words) => {
    expect(found(text, words)).toEqual([]);
  });

  it('have positions in code points of the text as it is', () => {
    const text = '\ufeff𝒱 🌉\r\ncafe\u0301 “open”';

    expect(new TextMatcher(new CodePointText(text)).find('café "open"')).toEqual([{ start: 6, end: 18 }]);
  });

  it('occur as often as they overlap', () => {
    expect(found('ababa', 'aba')).toEqual(['aba', 'aba']);
  });

  it('are found at every place that equals them, in any script', () => {
    const unit = fc.constantFrom(
      'a',
      'e\u0301',
      'é',
      '👩‍👧',
      '정'.normalize('NFD'),
      '정',
      'й',
      ' ',
      '\u00a0',
      '\n',
      '’',
      '"',
      'ب',
      '𝒱',
    );
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 20 }),
        fc.nat(19),
        fc.integer({ min: 1, max: 6 }),
        (units, from, count) => {
          const words = units
            .slice(from, from + count)
            .join('')
            .trim();
          fc.pre(
            words !== '' &&
              !/\s$/.test(units.slice(0, from).join('')) &&
              !/^\s/.test(units.slice(from + count).join('')),
          );
          expect(found(units.join(''), words)).toContain(words);
        },
      ),
    );
  });
});

describe('the nearest match of words that do not occur', () => {
  it.each([
    ['case', 'The Bridge is open.', 'the bridge', 'The Bridge', ['case']],
    ['accents', 'the cafe\u0301 of', 'the cafe of', 'the cafe\u0301 of', ['accents']],
    ['quotation marks', 'a “bridge”', "'bridge'", '“bridge”', ['quotation marks']],
    ['dashes', 'open – and', 'open - and', 'open – and', ['dashes']],
    ['case and dashes', 'Open — and', 'open - and', 'Open — and', ['case', 'dashes']],
  ])('may differ in %s', (_, text, words, passage, differences) => {
    expect(nearest(text, words)).toEqual({ text: passage, differences, change: null });
  });

  it('shows the words that differ', () => {
    expect(nearest('News. “The bridge is long,” said he.', 'The bridge is wide')).toEqual({
      text: 'The bridge is long',
      differences: [],
      change: { text: 'long', words: 'wide' },
    });
  });

  it('shows missing words', () => {
    expect(nearest('The old and open bridge of Valburg.', 'The old open bridge of Valburg')?.change).toEqual({
      text: 'and',
      words: '',
    });
  });

  it('consists of whole graphemes', () => {
    expect(nearest('대한민국의 다리'.normalize('NFD'), '대한민국 다리')?.text.normalize('NFC')).toBe('대한민국의 다리');
  });

  it('does not exist if nothing is similar', () => {
    expect(nearest('The bridge is open.', 'tunnel')).toBeNull();
    expect(nearest('', 'tunnel')).toBeNull();
  });
});
