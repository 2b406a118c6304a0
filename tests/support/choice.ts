/** Chooses: the same seed chooses the same. */
export class Choice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
    // Seeds that are alike begin alike.
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

  /** Some of a list, in its order; at least one. */
  some<T>(list: readonly T[], percent: number): T[] {
    const chosen = list.filter(() => this.chance(percent));
    return chosen.length > 0 ? chosen : [this.of(list)];
  }
}
