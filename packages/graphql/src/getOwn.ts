/** An object of names that a client chose: only its own properties count, whatever their names. */
export type ObjMap<Value = unknown> = Record<string, Value>;

/** The object's own property; undefined for one that it inherits, such as `constructor` or `toString`. */
export function getOwn<Value>(object: Readonly<ObjMap<Value>>, name: string): Value | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Sets an own property, also one named `__proto__`. */
export function setOwn(object: ObjMap, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
  else object[name] = value;
}

/** A copy without a prototype, so that reading any name from it finds own properties only. */
export const toObjMap = <Value>(object: Readonly<ObjMap<Value>>): ObjMap<Value> =>
  Object.assign(Object.create(null) as ObjMap<Value>, object);
