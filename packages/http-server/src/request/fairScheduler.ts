/** Work after which those who wait to be heard are, before more of it begins. */
const BUSY_MS = 10;
/** Turns of the event loop that they are given: in each of them one connection is taken, and what has arrived is read. */
const HEARINGS = 32;

/**
 * Begins one piece of work in each turn of the event loop, and at once where none is waiting. What takes long is so begun
 * one after the other, and requests that are answered quickly get in between.
 */
export class FairScheduler {
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;
  #busyMs = 0;

  run<Result>(work: () => Promise<Result> | Result): Promise<Result> | Result {
    if (this.#isTaken)
      return new Promise((resolve, reject) =>
        this.#waiting.push(() => void Promise.resolve().then(work).then(resolve, reject)),
      );
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
      this.#busyMs += performance.now() - begun;
      if (this.#busyMs < BUSY_MS) return this.#next();
      // Also where nobody waits yet: who comes on a connection of his own is not seen before.
      this.#busyMs = 0;
      this.#hear(HEARINGS);
    });
  }

  #hear(left: number): void {
    if (left === 0) this.#next();
    else setImmediate(() => this.#hear(left - 1));
  }
}
