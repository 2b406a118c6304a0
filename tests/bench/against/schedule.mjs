/** Even, so that each build goes first equally often within a pair. */
export const SLICES_PER_PAIR = 12;

/**
 * The order in which the slices of a pair are sent: `this other`, `other this`, and so on, beginning with the other one in every
 * second pair. Other programs' bursts of work last longer than a slice, so they slow down both builds.
 *
 * @param {number} pair Counted from 0.
 * @returns {('this' | 'other')[][]}
 */
export const slicesOfPair = (pair) => Array.from({ length: SLICES_PER_PAIR }, (_, slice) => ((pair + slice) % 2 === 0 ? ['this', 'other'] : ['other', 'this']));

/**
 * How many requests each build gets in a pair, so that both take about the given CPU time: a multiple of the slices.
 *
 * @param {number} cpuSeconds Of both builds.
 * @param {number} perRequest CPU seconds of one request to each build.
 */
export const requestsPerPair = (cpuSeconds, perRequest) => Math.max(1, Math.round(cpuSeconds / perRequest / SLICES_PER_PAIR)) * SLICES_PER_PAIR;
