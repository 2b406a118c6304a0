import { describe, expect, it } from 'vitest';
import { axisOf, ticksOf } from './axis.js';

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

  it('has round numbers between the least and the greatest value', () => {
    expect(ticksOf(0, 13_400_000, 4)).toEqual([0, 5_000_000, 10_000_000]);
    expect(ticksOf(-12, 3, 4)).toEqual([-10, -5, 0]);
    expect(ticksOf(0, 1, 4)).toEqual([0, 0.5, 1]);
    expect(ticksOf(5, 5, 4)).toEqual([5]);
  });
});
