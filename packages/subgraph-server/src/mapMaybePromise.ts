/** Applies `next` to a value: synchronously if it is not a promise, which most cached values are not. */
export const mapMaybePromise = <Value, Result>(
  value: Value | Promise<Value>,
  next: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> => (value instanceof Promise ? value.then(next) : next(value));
