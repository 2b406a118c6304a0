import { describe, expect, it } from 'vitest';
import { axisOf } from './axis.js';

describe('the axis of a chart', () => {
  it('has all numbers in one scale, which its title names with the unit', () => {
    expect(axisOf([0, 5_000_000, 10_000_000], 'EUR')).toEqual({
      title: 'million EUR',
      ticks: [
        { value: 0, text: '0' },
        { value: 5_000_000, text: '5' },
        { value: 10_000_000, text: '10' },
      ],
    });
    expect(axisOf([0, 20_000], 'tonne')).toMatchObject({ title: 'thousand tonne', ticks: [{}, { text: '20' }] });
  });

  it('has percentages and ratios as they are', () => {
    expect(axisOf([-20, 0], 'percent')).toMatchObject({ title: '%', ticks: [{ text: '-20' }, { text: '0' }] });
    expect(axisOf([0], null).title).toBeNull();
  });
});
