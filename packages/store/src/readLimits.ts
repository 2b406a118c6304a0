/** What a request may still read; without it, anything. */
export interface ReadLimits {
  /** When it has to be done, by `performance.now()`. */
  deadline?: number;
  /** Whether nobody waits for its response any more. */
  isAborted?: () => boolean;
}

let current: ReadLimits | undefined;

/** The limits of the request that runs a query now; undefined outside `withReadLimits`. */
export const currentReadLimits = (): ReadLimits | undefined => current;

/**
 * Runs `work` for a request. Its queries, and those of functions that `mapMaybePromise` calls later, can be cancelled when the request
 * ends. Much cheaper than AsyncLocalStorage, which slows down every promise of the process on Node.js 20.
 */
export function withReadLimits<Result>(limits: ReadLimits | undefined, work: () => Result): Result {
  const previous = current;
  current = limits;
  try {
    return work();
  } finally {
    current = previous;
  }
}

/** Whether nobody waits for the results of a request any more. */
export const isOver = ({ deadline = Number.POSITIVE_INFINITY, isAborted }: ReadLimits): boolean =>
  performance.now() > deadline || isAborted?.() === true;
