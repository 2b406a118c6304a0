/** A deterministic random number generator: equal seeds give equal sequences. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
    // Similar seeds give similar first numbers.
    for (let warm = 0; warm < 5; warm++) this.below(2);
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** A subset of a list, in order; at least one item. */
  some<T>(list: readonly T[], percent: number): T[] {
    const chosen = list.filter(() => this.chance(percent));
    return chosen.length > 0 ? chosen : [this.of(list)];
  }
}
