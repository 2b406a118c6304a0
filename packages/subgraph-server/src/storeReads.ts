import { FairScheduler } from '@dossier/http-server';
import { isOver, type MaybePromise, type ReadLimits, withReadLimits } from '@dossier/store';
import { GraphQLError } from 'graphql';
import { TOO_LONG } from './errors.js';

/** Milliseconds that a request may read a store without a pause. */
const SLICE_MS = 10;

/** Requests that have read for longer take turns, so that health checks and other requests are served in between. */
const scheduler = new FairScheduler();

/**
 * The reads of one request. SQLite runs on the thread that serves all requests, and one operation may need hundreds of
 * statements: a request that has read for SLICE_MS waits for its turn before it goes on, and stops once it is too late.
 */
export class StoreReads {
  readonly #limits: ReadLimits;
  readonly #waiting: (() => void)[] = [];
  #usedMs = 0;

  constructor(limits: ReadLimits = {}) {
    this.#limits = limits;
  }

  /** Reads at once, or when it is this request's turn. Rejects with OPERATION_TIMEOUT if the request may not go on by then. */
  read<Result>(read: () => MaybePromise<Result>): MaybePromise<Result> {
    if (this.#waiting.length === 0 && this.#usedMs < SLICE_MS) return this.#bounded(this.#measure(read));
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          this.#check();
          resolve(this.#bounded(this.#measure(read)));
        } catch (error) {
          reject(error);
        }
      });
      if (this.#waiting.length === 1) this.#takeTurn();
    });
  }

  // Not before the next turn of the event loop, even if no other request is waiting.
  #takeTurn(): void {
    setImmediate(() => void scheduler.run(() => this.#readOn()));
  }

  #readOn(): void {
    this.#usedMs = 0;
    // The first stays until it is done, so that what is to be read meanwhile waits behind it.
    for (let next = this.#waiting[0]; next && this.#usedMs < SLICE_MS; next = this.#waiting[0]) {
      next();
      this.#waiting.shift();
    }
    if (this.#waiting.length > 0) this.#takeTurn();
  }

  /** Runs a read. Only the time that it takes on this thread counts. */
  #measure<Result>(read: () => MaybePromise<Result>): MaybePromise<Result> {
    const startedAt = performance.now();
    try {
      return withReadLimits(this.#limits, read);
    } finally {
      this.#usedMs += performance.now() - startedAt;
    }
  }

  /** The result, or a rejection if it is a promise that does not settle in time: another server may not answer. */
  #bounded<Result>(result: MaybePromise<Result>): MaybePromise<Result> {
    const { deadline = Number.POSITIVE_INFINITY } = this.#limits;
    if (!(result instanceof Promise) || deadline === Number.POSITIVE_INFINITY) return result;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(timeoutError()), Math.max(0, deadline - performance.now()));
      result.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  #check(): void {
    if (isOver(this.#limits)) throw timeoutError();
  }
}

const timeoutError = (): GraphQLError => new GraphQLError(TOO_LONG, { extensions: { code: 'OPERATION_TIMEOUT' } });
