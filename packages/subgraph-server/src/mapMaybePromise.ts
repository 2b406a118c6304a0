/** Goes on with a value: at once where it is there already, as what is at hand mostly is. */
export const mapMaybePromise = <Value, Result>(
  value: Value | Promise<Value>,
  next: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> => (value instanceof Promise ? value.then(next) : next(value));
