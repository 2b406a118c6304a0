/** Shorter times, in milliseconds, are mostly noise. */
const FLOOR_MS = 20;
const MIN_ROUNDS = 2;
const MAX_ROUNDS = 6;

/** Timeout of a test that measures growth, in milliseconds: a backstop for work that never ends. */
export const GROWTH_TIMEOUT = 120_000;

/** Upper bound of `growth` for linear work, with room for noise. */
export const LINEAR = 10;

/**
 * How much more CPU time some work takes at four times its size: about 4 times if it is linear, 16 times if it is quadratic.
 * CPU time, because other load on the machine does not add to it. Takes the best of several rounds, and more rounds while
 * the result looks too high, because the compiler and the garbage collector run in some of them.
 */
export function growth(work: (size: number) => unknown, size: number): number {
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const ratio = () => Math.max(FLOOR_MS, best[1] as number) / Math.max(FLOOR_MS, best[0] as number);
  for (let round = 0; round < MIN_ROUNDS || (round < MAX_ROUNDS && ratio() >= LINEAR); round += 1) {
    for (const [index, factor] of [1, 4].entries()) {
      const begin = process.cpuUsage();
      work(factor * size);
      const { user, system } = process.cpuUsage(begin);
      best[index] = Math.min(best[index] as number, (user + system) / 1000);
    }
  }
  return ratio();
}
