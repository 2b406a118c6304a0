export type MaybePromise<Value> = Value | Promise<Value>;

/** Applies `next` to a value: synchronously if it is not a promise, which most cached values are not. */
export const mapMaybePromise = <Value, Result>(
  value: MaybePromise<Value>,
  next: (value: Value) => MaybePromise<Result>,
): MaybePromise<Result> => (value instanceof Promise ? value.then(next) : next(value));
