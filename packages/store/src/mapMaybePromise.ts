import { currentReadLimits, withReadLimits } from './readLimits.js';

export type MaybePromise<Value> = Value | Promise<Value>;

/**
 * Applies `next` to a value: synchronously if it is not a promise, which most cached values are not. Otherwise later, with the read
 * limits of the caller.
 */
export const mapMaybePromise = <Value, Result>(
  value: MaybePromise<Value>,
  next: (value: Value) => MaybePromise<Result>,
): MaybePromise<Result> => (value instanceof Promise ? value.then(withSameLimits(next)) : next(value));

/** Values that may be promises, as one. */
export const allOf = <Value>(values: MaybePromise<Value>[]): MaybePromise<Value[]> =>
  values.some((value) => value instanceof Promise) ? Promise.all(values) : (values as Value[]);

/** A function that runs later, with the read limits of the caller. */
export function withSameLimits<Value, Result>(next: (value: Value) => Result): (value: Value) => Result {
  const limits = currentReadLimits();
  return limits === undefined ? next : (value) => withReadLimits(limits, () => next(value));
}
