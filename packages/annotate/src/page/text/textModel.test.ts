import { describe, expect, it } from 'vitest';
import { isRightToLeft, TextModel, type Unit } from './textModel.js';

const modelOf = (...texts: string[]): TextModel => {
  let start = 0;
  return new TextModel(
    texts.map((text, index) => {
      const paragraph = { number: index + 1, start, end: start + [...text].length, text };
      start = paragraph.end + 2;
      return paragraph;
    }),
  );
};
const stops = (model: TextModel, unit: Unit, isForward = true): number[] => {
  const found: number[] = [];
  let at = isForward ? model.start : model.end;
  for (let next = model.move(at, unit, isForward); next !== at; next = model.move(at, unit, isForward)) {
    at = next;
    found.push(at);
  }
  return found;
};

describe('the caret', () => {
  it.each([
    ['emoji of several code points', 'a👩‍👧b', [1, 4, 5]],
    ['combining marks', 'xe\u0301y', [1, 3, 4]],
    ['Hangul syllables in NFD', '한글'.normalize('NFD'), [3, 6]],
    ['a flag', '🇰🇷!', [2, 3]],
  ])('does not stop inside %s', (_, text, expected) => {
    expect(stops(modelOf(text), 'character')).toEqual(expected);
    expect(stops(modelOf(text), 'character', false)).toEqual([...expected].reverse().slice(1).concat(0));
  });

  it('moves to the end of words forwards, and to their start backwards, across paragraphs', () => {
    const model = modelOf('The 😀 king, returns.', 'Yes.');

    expect(stops(model, 'word').map((end) => model.slice(end - 3, end))).toEqual(
      ['The', 'ing', 'rns', 'Yes', 'Yes'].slice(0, 4).concat('es.'),
    );
    expect(stops(model, 'word', false).map((start) => model.slice(start, start + 3))).toEqual([
      'Yes',
      'ret',
      'kin',
      'The',
    ]);
  });

  it('finds words without spaces in Arabic and Han', () => {
    expect(stops(modelOf('عاد الملك'), 'word')).toEqual([3, 9]);
    expect(stops(modelOf('国王回来了'), 'word').length).toBeGreaterThan(1);
    expect(isRightToLeft('«عاد الملك»')).toBe(true);
    expect(isRightToLeft('The ملك')).toBe(false);
  });

  it('moves by sentence without the space between two', () => {
    const model = modelOf('He came. She left!  They stayed.');

    expect(stops(model, 'sentence').map((end) => model.slice(end - 1, end))).toEqual(['.', '!', '.']);
    expect(stops(model, 'sentence', false).map((start) => model.slice(start, start + 2))).toEqual(['Th', 'Sh', 'He']);
  });

  it('selects what is around it', () => {
    const model = modelOf('He came. She left.', 'Now.');
    const words = (position: number, unit: 'word' | 'sentence' | 'paragraph') => {
      const range = model.around(position, unit);
      return range && model.slice(range.start, range.end);
    };

    expect([words(4, 'word'), words(4, 'sentence'), words(4, 'paragraph'), words(21, 'sentence')]).toEqual([
      'came',
      'He came.',
      'He came. She left.',
      'Now.',
    ]);
  });
});
