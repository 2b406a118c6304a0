import { Random } from '../random.mjs';

const RESAMPLES = 5000;
const CONFIDENCE = 0.95;
/** The same measurements give the same interval. */
const SEED = 1;

/**
 * @param {readonly number[]} values At least one.
 * @returns {number} The mean of the two in the middle if their number is even.
 */
export function median(values) {
  return quantile(sorted(values), 0.5);
}

/**
 * The percentile bootstrap of the median of all values: groups are drawn again and again from those given, with replacement, and
 * values from each group drawn, as many as there are; the interval holds the middle 95 % of the medians of what was drawn. Values of one group
 * may have something in common: if the groups differ, the interval is wider than the number of values alone would make it.
 *
 * @param {readonly (readonly number[])[]} groups At least one, each of at least one value.
 * @returns {[low: number, high: number]}
 */
export function medianInterval(groups) {
  const random = new Random(SEED);
  const anyOf = (list) => list[random.below(list.length)];
  const resample = () => groups.flatMap(() => redraw(anyOf(groups)));
  const redraw = (values) => values.map(() => anyOf(values));
  const medians = Float64Array.from({ length: RESAMPLES }, () => median(resample())).sort();
  return [quantile(medians, (1 - CONFIDENCE) / 2), quantile(medians, (1 + CONFIDENCE) / 2)];
}

/** Typed arrays sort numerically, and several times faster. */
const sorted = (values) => Float64Array.from(values).sort();

/** Interpolated between two ranks. */
function quantile(ordered, share) {
  const rank = (ordered.length - 1) * share;
  const below = ordered[Math.floor(rank)];
  return below + (ordered[Math.ceil(rank)] - below) * (rank % 1);
}
