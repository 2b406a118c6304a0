/**
 * A value that records which of its members are not read. A validator reads the members that its schema defines; a member that it
 * does not read is unknown to the schema and would be ignored silently.
 */
export function recordUnread<T>(value: T, path: string, unread: Set<string>): T {
  if (typeof value !== 'object' || value === null) return value;
  const at = (key: string) => `${path}.${key}`;
  const members = Object.entries(value).map(([key, member]) => {
    unread.add(at(key));
    return [key, recordUnread(member as unknown, at(key), unread)] as const;
  });
  const target = (Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members)) as object;
  return new Proxy(target, {
    get: (object, key) => {
      unread.delete(at(String(key)));
      return Reflect.get(object, key);
    },
    // If all members are enumerated, any name is allowed, e.g. for labels.
    ownKeys: (object) => {
      for (const key of Object.keys(object)) unread.delete(at(key));
      return Reflect.ownKeys(object);
    },
  }) as T;
}
