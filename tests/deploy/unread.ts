/**
 * A value that notes which of its members nobody reads. A validator reads the members that its schema knows; what it
 * leaves unread is a name that the schema does not know, which it would pass over in silence.
 */
export function watched<T>(value: T, path: string, unread: Set<string>): T {
  if (typeof value !== 'object' || value === null) return value;
  const at = (key: string) => `${path}.${key}`;
  const members = Object.entries(value).map(([key, member]) => {
    unread.add(at(key));
    return [key, watched(member as unknown, at(key), unread)] as const;
  });
  const target = (Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members)) as object;
  return new Proxy(target, {
    get: (object, key) => {
      unread.delete(at(String(key)));
      return Reflect.get(object, key);
    },
    // Where all are gone through, any name is allowed: labels, for example.
    ownKeys: (object) => {
      for (const key of Object.keys(object)) unread.delete(at(key));
      return Reflect.ownKeys(object);
    },
  }) as T;
}
