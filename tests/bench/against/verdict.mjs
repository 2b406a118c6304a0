/** Exit statuses of the comparison. */
export const STATUS = { ok: 0, slower: 1, notCompared: 2 };

/**
 * What an interval says under a limit: `ok` if it ends at or below; above it, `slower` if even its lower end is above 1, else
 * `unclear`: the measurements do not exclude a slowdown beyond the limit.
 *
 * @param {readonly [low: number, high: number]} interval
 * @param {number} limit
 * @returns {'ok' | 'slower' | 'unclear'}
 */
export function verdictOf([low, high], limit) {
  if (high <= limit) return 'ok';
  return low > 1 ? 'slower' : 'unclear';
}

/**
 * @param {readonly ('ok' | 'slower' | 'unclear' | 'failed')[]} verdicts Of all pages; `failed` is a page that a build could not answer.
 * @returns {number}
 */
export function statusOf(verdicts) {
  if (verdicts.some((verdict) => verdict === 'slower' || verdict === 'unclear')) return STATUS.slower;
  return verdicts.includes('failed') ? STATUS.notCompared : STATUS.ok;
}
