/** Time after which pending I/O is handled before more work is started, in milliseconds. */
const MAX_BUSY_MS = 10;
/** Turns of the event loop given to I/O: each accepts one connection and reads what has arrived. */
const YIELD_TICKS = 32;

/**
 * Starts one task per turn of the event loop, and immediately if none is waiting. Long tasks are thus started one after the
 * other, and requests with fast responses are handled in between.
 */
export class FairScheduler {
  readonly #queue: (() => void)[] = [];
  #isBusy = false;
  #busyMs = 0;

  run<Result>(task: () => Promise<Result> | Result): Promise<Result> | Result {
    if (this.#isBusy)
      return new Promise((resolve, reject) =>
        this.#queue.push(() => void Promise.resolve().then(task).then(resolve, reject)),
      );
    this.#isBusy = true;
    this.#scheduleNext();
    return task();
  }

  #startNext(): void {
    const start = this.#queue.shift();
    this.#isBusy = start !== undefined;
    if (!start) return;
    this.#scheduleNext();
    start();
  }

  /** Starts the next task in the turn after the current one. */
  #scheduleNext(): void {
    const startedAt = performance.now();
    setImmediate(() => {
      this.#busyMs += performance.now() - startedAt;
      if (this.#busyMs < MAX_BUSY_MS) return this.#startNext();
      // Also if the queue is empty: requests on new connections are not visible before.
      this.#busyMs = 0;
      this.#yield(YIELD_TICKS);
    });
  }

  #yield(ticks: number): void {
    if (ticks === 0) this.#startNext();
    else setImmediate(() => this.#yield(ticks - 1));
  }
}
