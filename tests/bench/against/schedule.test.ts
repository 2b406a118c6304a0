import { expect, it } from 'vitest';
import { pairsOfStarts, requestsPerPair, SLICES_PER_PAIR, slicesOfPair } from './schedule.mjs';

it('swaps the order of the builds after each slice', () => {
  expect(slicesOfPair(0).slice(0, 3)).toEqual([
    ['this', 'other'],
    ['other', 'this'],
    ['this', 'other'],
  ]);
});

it('begins every second pair with the other build', () => {
  expect([0, 1, 2].map((pair) => slicesOfPair(pair)[0]?.[0])).toEqual(['this', 'other', 'this']);
});

it('lets both builds go first equally often in each pair', () => {
  for (const pair of [0, 1])
    expect(slicesOfPair(pair).filter(([first]) => first === 'this')).toHaveLength(SLICES_PER_PAIR / 2);
});

it('gives each slice of a pair the same number of requests, and both builds together about the given time', () => {
  const requests = requestsPerPair(1, 0.002);

  expect(requests % SLICES_PER_PAIR).toBe(0);
  expect(requests * 0.002).toBeCloseTo(1, 1);
});

it('sends at least one request per slice, however long it takes', () => {
  expect(requestsPerPair(1, 30)).toBe(SLICES_PER_PAIR);
});

it('distributes the pairs evenly over the starts, each of which has at least one', () => {
  expect(pairsOfStarts(5, 2)).toEqual([
    [0, 1, 2],
    [3, 4],
  ]);
  expect(pairsOfStarts(2, 5)).toEqual([[0], [1]]);
});
