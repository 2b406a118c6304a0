/** A turn that took longer than this is followed by a pause, in which those who wait to be heard are. */
const LONG_MS = 25;
const PAUSE_MS = 5;

/**
 * Begins one piece of work in each turn of the event loop, and at once where none is waiting. What takes long is so begun
 * one after the other, and requests that are answered quickly get in between.
 */
export class OneATurn {
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  run<Result>(work: () => Promise<Result> | Result): Promise<Result> | Result {
    if (this.#isTaken) return new Promise((resolve, reject) => this.#waiting.push(() => void Promise.resolve().then(work).then(resolve, reject)));
    this.#isTaken = true;
    this.#endTurn();
    return work();
  }

  #next(): void {
    const begin = this.#waiting.shift();
    this.#isTaken = begin !== undefined;
    if (!begin) return;
    this.#endTurn();
    begin();
  }

  /** Lets the next begin, once what begins now has had its turn. */
  #endTurn(): void {
    const begun = performance.now();
    setImmediate(() => {
      if (this.#waiting.length > 0 && performance.now() - begun > LONG_MS) setTimeout(() => this.#next(), PAUSE_MS);
      else this.#next();
    });
  }
}
