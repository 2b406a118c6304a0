import { describe, expect, it } from 'vitest';
import { Random } from '../random.mjs';
import { median, medianInterval } from './statistics.mjs';

/** Ratios spread around a median, as from noisy pairs, with occasional outliers. */
function noisyRatios(seed: number, middle: number, count = 30): number[] {
  const random = new Random(seed);
  return Array.from(
    { length: count },
    () => middle * (1 + 0.1 * (random.next() + random.next() + random.next() - 1.5)) * (random.chance(0.05) ? 2 : 1),
  );
}

const contains = ([low, high]: [number, number], value: number) => low <= value && value <= high;
const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

describe('the median', () => {
  it('is the middle value, or the mean of the two middle values', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  it('does not reorder the given values', () => {
    const values = [3, 1, 2];

    median(values);

    expect(values).toEqual([3, 1, 2]);
  });
});

describe('the interval of the median', () => {
  it('is the same for the same values', () => {
    expect(medianInterval([noisyRatios(1, 1)])).toEqual(medianInterval([noisyRatios(1, 1)]));
  });

  it('is the value itself if all values are the same', () => {
    expect(medianInterval([[1.1, 1.1], [1.1]])).toEqual([1.1, 1.1]);
  });

  it('contains the true median in about 95 of 100 samples', () => {
    const covered = seeds.filter((seed) => contains(medianInterval([noisyRatios(seed, 1)]), 1)).length;

    expect(covered / seeds.length).toBeGreaterThan(0.88);
    expect(covered / seeds.length).toBeLessThanOrEqual(1);
  });

  it('excludes 1 if one build needs 10 % more, even if individual pairs spread more', () => {
    const detected = seeds.filter((seed) => medianInterval([noisyRatios(seed, 1.1)])[0] > 1);

    expect(detected.length).toBe(seeds.length);
  });

  it('narrows with the number of values', () => {
    const width = ([low, high]: [number, number]) => high - low;

    expect(width(medianInterval([noisyRatios(1, 1, 400)]))).toBeLessThan(
      width(medianInterval([noisyRatios(1, 1, 25)])) / 2,
    );
  });

  it('is wider if groups differ: values of one group say nothing about the others', () => {
    const groups = [0.98, 1.01, 1.02, 1.04, 1.05].map((middle, index) => noisyRatios(index + 1, middle, 60));

    expect(contains(medianInterval(groups), 1)).toBe(true);
    expect(contains(medianInterval([groups.flat()]), 1)).toBe(false);
  });
});
