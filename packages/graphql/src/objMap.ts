/**
 * An object whose keys a client or a subgraph chose. Any name is possible, also `constructor` and `__proto__`, so read
 * it with `getOwn` and write it with `setOwn`.
 */
export type ObjMap<Value = unknown> = Record<string, Value>;

/** Whether a value is an object with keys: neither null nor an array. */
export const isObjectLike = (value: unknown): value is ObjMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An own property of a plain object or array; undefined for inherited ones such as `toString`. */
export function getOwn<Value>(object: Readonly<ObjMap<Value>>, name: string): Value | undefined {
  const value = object[name];
  // Plain objects and arrays inherit functions and `__proto__` only; any other value is an own property.
  return (typeof value === 'function' || name === '__proto__') && !Object.hasOwn(object, name) ? undefined : value;
}

/** Sets an own property, also one named `__proto__`. */
export function setOwn(object: ObjMap, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
  else object[name] = value;
}

/** A copy without a prototype: it has no inherited properties. */
export const toObjMap = <Value>(object: Readonly<ObjMap<Value>>): ObjMap<Value> =>
  Object.assign(Object.create(null) as ObjMap<Value>, object);
