import { CodePointText } from '@dossier/domain/facts';
import { describe, expect, it } from 'vitest';
import type { CheckInput } from './input.js';
import { stated } from './stated.js';

const DOCUMENT = 'document:ruritania-1';
const FILE = { name: 'ruritania-1/trade.yaml', folder: 'ruritania-1', stem: 'trade', lineOf: () => 1 };

interface Figure {
  words: string;
  value: string | null;
  qualifier?: string;
  measure?: string;
  unit?: string;
  statedAs?: string | null;
}

/** What is reported of a figure that cites a whole text, or has the words under `statedAs`. */
function problemsOf({
  words,
  value,
  qualifier = 'EXACT',
  measure = 'PERCENT_CHANGE',
  unit = 'percent',
  statedAs = null,
}: Figure): string[] {
  const text = new CodePointText(words);
  const record = {
    id: 'figure:ruritania-1/F01',
    origin: { document: DOCUMENT },
    derivation: null,
    passages: [{ at: [0, text.length], digest: '0000000000000000' }],
    ...{ measure, value, qualifier, unit, statedAs },
  };
  const input = {
    entries: [{ id: record.id, parsed: { section: 'figures', file: FILE, path: ['figures', 0], record } }],
    texts: new Map([[DOCUMENT, { availability: 'VERIFIED', text }]]),
  };
  return stated(input as unknown as CheckInput).map(
    ({ path, message }) => `${path.replace('figures[0].', '')}: ${message}`,
  );
}

describe('the sign of a change', () => {
  it.each([
    ['Exports fell by 10.77% last year.', '10.77'],
    ['Exports were 10.77% less than in 1899.', '10.77'],
    ['Trade rose, but exports fell 10.77%.', '10.77'],
    ['Экспорт сократился на 10,77%.', '10.77'],
    ['Товарооборот был на 10,77% меньше.', '10.77'],
    ['Der Export ist um 10,77 Prozent gesunken.', '10.77'],
    ['수출은 10.77% 감소했다.', '10.77'],
    ['出口下降10.77%。', '10.77'],
  ])('is negative for words of a fall: %s', (words, value) => {
    expect(problemsOf({ words, value })).toEqual([
      `value: ${value} for words that state a fall; expected a negative value.`,
    ]);
    expect(problemsOf({ words, value: `-${value}` })).toEqual([]);
  });

  it.each([
    ['Exports rose 25% after they fell for years.', '25'],
    ['an increase of 25% since 1899', '25'],
    ['Imports fell 3%, while exports were 25% higher.', '25'],
    ['Экспорт вырос на 25%.', '25'],
  ])('is positive for words of growth: %s', (words, value) => {
    expect(problemsOf({ words, value: `-${value}` })).toEqual([
      `value: -${value} for words that state growth; expected a positive value.`,
    ]);
    expect(problemsOf({ words, value })).toEqual([]);
  });

  it.each(['a change of 5%', 'growth fell to 5%', 'up to 5%', 'a third, or 5%'])(
    'is free where words leave it open: %s',
    (words) => {
      expect(problemsOf({ words, value: '5', qualifier: words.startsWith('up') ? 'UNDER' : 'EXACT' })).toEqual([]);
      expect(problemsOf({ words, value: '-5', qualifier: words.startsWith('up') ? 'OVER' : 'EXACT' })).toEqual([]);
    },
  );

  it('is not compared for other measures', () => {
    const words = 'It fell to 5 million crowns.';

    expect(problemsOf({ words, value: '5000000', unit: 'SEK', measure: 'TRADE_VALUE' })).toEqual([]);
  });

  it('contradicts a trend that is DECLINING if words state growth', () => {
    const trend = { value: null, unit: 'SEK', measure: 'TREND', qualifier: 'DECLINING' };

    expect(problemsOf({ ...trend, words: 'Trade rises each year.' })).toEqual([
      'qualifier: DECLINING for words that state growth; expected another qualifier.',
    ]);
    expect(problemsOf({ ...trend, words: 'Trade has been declining.' })).toEqual([]);
  });
});

describe('the qualifier of a figure', () => {
  const crowns = { unit: 'SEK', measure: 'TRADE_VALUE', value: '5000000' };

  it.each([
    ['roughly 5 million crowns', 'APPROXIMATELY', 'an approximate number'],
    ['5 million crowns or so', 'APPROXIMATELY', 'an approximate number'],
    ['around 5 million crowns', 'APPROXIMATELY', 'an approximate number'],
    ['over 5 million crowns', 'OVER', 'a lower bound'],
    ['at least 5 million crowns', 'OVER', 'a lower bound'],
    ['5 million crowns or more', 'OVER', 'a lower bound'],
    ['less than 5 million crowns', 'UNDER', 'an upper bound'],
    ['at most 5 million crowns', 'UNDER', 'an upper bound'],
    ['более 5 млн крон', 'OVER', 'a lower bound'],
    ['etwa 5 Mio. Kronen', 'APPROXIMATELY', 'an approximate number'],
  ])('is that of the words: %s', (words, qualifier, meaning) => {
    expect(problemsOf({ ...crowns, words })).toEqual([
      `qualifier: EXACT for words that state ${meaning}; expected ${qualifier}.`,
    ]);
    expect(problemsOf({ ...crowns, words, qualifier })).toEqual([]);
  });

  it('is that of the passage if the quantity stands alone under "statedAs"', () => {
    expect(
      problemsOf({ ...crowns, words: 'Trade came to roughly 5 million crowns.', statedAs: '5 million crowns' }),
    ).toEqual(['qualifier: EXACT for words that state an approximate number; expected APPROXIMATELY.']);
  });

  it.each([
    '5 million crowns',
    'about 5 million crowns, in all 5 million crowns',
    'about 6 million crowns, 5 million in cash',
  ])('may be EXACT without one, or with different ones: %s', (words) => {
    expect(problemsOf({ ...crowns, words })).toEqual([]);
  });

  it('is UNDER for a fall of more than an amount', () => {
    const words = 'Trade fell by more than 5%.';

    expect(problemsOf({ words, value: '-5', qualifier: 'UNDER' })).toEqual([]);
    expect(problemsOf({ words, value: '-5', qualifier: 'OVER' })).toEqual([
      'qualifier: OVER for words that state a lower bound; expected UNDER.',
    ]);
  });

  it('may be APPROXIMATELY or UNDER for a number that is nearly reached', () => {
    const words = 'nearly 5 million crowns';

    expect(problemsOf({ ...crowns, words, qualifier: 'UNDER' })).toEqual([]);
    expect(problemsOf({ ...crowns, words, qualifier: 'OVER' })).toEqual([
      'qualifier: OVER for words that state a number that is not reached; expected APPROXIMATELY or UNDER.',
    ]);
  });
});
