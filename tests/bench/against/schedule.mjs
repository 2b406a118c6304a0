/**
 * Chosen so that a slice takes about 20 ms: bursts of other programs last longer and affect both builds. Even, so that each build
 * goes first equally often within a pair.
 */
export const SLICES_PER_PAIR = 24;

/**
 * The order in which the slices of a pair are sent: `this other`, `other this`, and so on, beginning with the other build in every
 * second pair.
 *
 * @param {number} pair Counted from 0.
 * @returns {('this' | 'other')[][]}
 */
export const slicesOfPair = (pair) =>
  Array.from({ length: SLICES_PER_PAIR }, (_, slice) =>
    (pair + slice) % 2 === 0 ? ['this', 'other'] : ['other', 'this'],
  );

/**
 * How many requests each build gets in a pair, so that both take about the given CPU time: a multiple of the slices.
 *
 * @param {number} cpuSeconds Of both builds.
 * @param {number} perRequest CPU seconds of one request to each build.
 */
export const requestsPerPair = (cpuSeconds, perRequest) =>
  Math.max(1, Math.round(cpuSeconds / perRequest / SLICES_PER_PAIR)) * SLICES_PER_PAIR;

/**
 * The numbers of the pairs of each start of the processes, distributed evenly; every start has at least one pair.
 *
 * @param {number} pairs
 * @param {number} starts
 * @returns {number[][]}
 */
export function pairsOfStarts(pairs, starts) {
  const groups = Array.from({ length: Math.min(pairs, starts) }, () => []);
  for (let pair = 0; pair < pairs; pair++) groups[Math.floor((pair * groups.length) / pairs)].push(pair);
  return groups;
}
