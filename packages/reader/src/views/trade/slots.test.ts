import type { FigureFragment } from '@dossier/client';
import { describe, expect, it } from 'vitest';
import { shiftDecimal, shortText, slotsOf } from './slots.js';

const aFigure = (period: string, given: Partial<FigureFragment> = {}): FigureFragment => ({
  id: `figure:gazette-7/${period}`,
  measure: 'TRADE_VALUE',
  flow: 'TURNOVER',
  period: { edtf: period, earliest: null, latest: null, basis: 'STATED', note: null },
  value: '42740000',
  unit: 'USD',
  qualifier: 'EXACT',
  lowerBound: null,
  upperBound: null,
  statedAs: null,
  note: null,
  derivation: null,
  basis: 'DOCUMENT',
  citations: [],
  references: [],
  ...given,
});

describe('the chart of a series', () => {
  it('has a gap, not a zero, for a period without a number', () => {
    const [slot] = slotsOf([aFigure('2021', { value: null, qualifier: 'VIRTUALLY_NIL' })], []);

    expect(slot).toMatchObject({
      state: 'missing',
      value: null,
      lower: null,
      upper: null,
      text: 'virtually nil, no number given',
    });
  });

  it('includes the years in between for which nothing is known', () => {
    const slots = slotsOf([aFigure('2019'), aFigure('2021')], ['2019', '2020', '2021', '2022']);

    expect(slots.map(({ period, state, value }) => [period, state, value])).toEqual([
      ['2019', 'stated', 42740000],
      ['2020', 'absent', null],
      ['2021', 'stated', 42740000],
      ['2022', 'absent', null],
    ]);
  });

  it('marks computed values and the direction of open bounds', () => {
    const [derived, over] = slotsOf(
      [aFigure('2019', { basis: 'DERIVED' }), aFigure('2020', { qualifier: 'OVER' })],
      [],
    );

    expect(derived?.state).toBe('derived');
    expect(over?.opens).toBe('up');
  });
});

describe('an abbreviated quantity', () => {
  it('is rounded so that it stays true, without digits that were not given', () => {
    expect(shortText({ value: '19078947368', unit: 'USD', qualifier: 'OVER' })).toBe('over 19.07 billion USD');
    expect(shortText({ value: '19078947368', lowerBound: '19016393442', unit: 'USD', qualifier: 'OVER' })).toBe(
      'over 19.01 billion USD',
    );
    expect(shortText({ value: '29000000000', unit: 'USD', qualifier: 'OVER' })).toBe('over 29 billion USD');
    expect(shortText({ value: '42740000', unit: 'USD', qualifier: 'EXACT' })).toBe('42.74 million USD');
    expect(shortText({ value: '-10.77', unit: 'percent', qualifier: 'EXACT' })).toBe('-10.77%');
  });

  it('moves the decimal point exactly', () => {
    expect(shiftDecimal('47898689', 6)).toBe('47.898689');
    expect(shiftDecimal('-5158689.5', 6)).toBe('-5.1586895');
    expect(shiftDecimal('1', 3)).toBe('0.001');
  });
});
