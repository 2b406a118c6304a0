import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketLabel, bucketsOf, MAX_BUCKETS, widen } from './buckets.js';
import { dayOf } from './extent.js';

const day = (date: string): number => dayOf(date) ?? Number.NaN;

describe('the intervals of a window', () => {
  it('are the months of a year, the years of a decade, and the days of a week', () => {
    const labels = (from: string, until: string) =>
      bucketsOf({ from: day(from), until: day(until) }).map((bucket) => bucketLabel(bucket));

    expect(labels('2031-01-01', '2032-01-01')[1]).toBe('Feb 2031');
    expect(labels('2031-01-01', '2032-01-01')).toHaveLength(12);
    expect(labels('2021-01-01', '2031-01-01').slice(0, 2)).toEqual(['2021', '2022']);
    expect(labels('2031-03-01', '2031-03-08')).toEqual(['1 Mar', '2 Mar', '3 Mar', '4 Mar', '5 Mar', '6 Mar', '7 Mar']);
  });

  it('cover it without gaps and overlaps, and are at most twelve', () => {
    fc.assert(
      fc.property(fc.integer({ min: -250_000, max: 40_000 }), fc.integer({ min: 1, max: 120_000 }), (from, length) => {
        const buckets = bucketsOf({ from, until: from + length });

        expect(buckets.length).toBeLessThanOrEqual(MAX_BUCKETS);
        expect(day(buckets[0]?.first ?? '')).toBe(from);
        expect(day(buckets.at(-1)?.last ?? '')).toBe(from + length - 1);
        for (const [index, bucket] of buckets.slice(1).entries())
          expect(day(bucket.first)).toBe(day(buckets[index]?.last ?? '') + 1);
      }),
    );
  });

  it('are zoomed out to twice the length, but not beyond all days', () => {
    expect(widen({ from: 100, until: 200 }, { from: 0, until: 10_000 })).toEqual({ from: 50, until: 250 });
    expect(widen({ from: 100, until: 200 }, { from: 90, until: 210 })).toEqual({ from: 90, until: 210 });
  });
});
