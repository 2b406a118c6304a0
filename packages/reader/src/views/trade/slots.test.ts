import type { FigureFragment } from '@dossier/client';
import { describe, expect, it } from 'vitest';
import { slotsOf } from './slots.js';

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

  it('has what was stated before what was computed for the same period', () => {
    const slots = slotsOf(
      [aFigure('2020', { id: 'figure:a/D1', basis: 'DERIVED' }), aFigure('2020'), aFigure('2019')],
      [],
    );

    expect(slots.map(({ period, state }) => [period, state])).toEqual([
      ['2019', 'stated'],
      ['2020', 'stated'],
      ['2020', 'derived'],
    ]);
  });

  it('draws a computed value with a bound up to the bound only', () => {
    const [over] = slotsOf(
      [aFigure('2020', { basis: 'DERIVED', qualifier: 'OVER', value: '25', lowerBound: '24.89' })],
      [],
    );

    expect(over?.value).toBe(24.89);
  });
});
