/** Data as subgraphs gave it, under the keys of the response. */
export type Tree = Record<string, unknown>;

export type Path = readonly (string | number)[];

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Merges what a fetch brought into what is there. Lists merge element by element. What is there stays where the fetch
 * brought null: another subgraph has answered that field.
 */
export function mergeInto(target: Tree, source: Tree): void {
  for (const key in source) {
    const given = source[key];
    const there = own(target, key);
    if (given === undefined || there === given) continue;
    if (there === undefined || there === null || (typeof given !== 'object' && given !== null)) set(target, key, given);
    else if (given !== null) mergeValues(there, given);
  }
}

/** A field of the data. A client may name a field as it likes, also `toString` or `__proto__`: what every object has is none. */
export function own(object: Tree, key: string): unknown {
  const value = object[key];
  return value !== undefined && key in Object.prototype && !Object.hasOwn(object, key) ? undefined : value;
}

/** Sets a field of the data, whatever its name. */
export function set(object: Tree, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
}

function mergeValues(there: unknown, given: unknown): void {
  if (Array.isArray(there) && Array.isArray(given)) {
    for (const [index, element] of given.entries()) {
      if (there[index] === undefined || there[index] === null) there[index] = element;
      else if (there[index] !== element) mergeValues(there[index], element);
    }
  } else if (isTree(there) && isTree(given)) mergeInto(there, given);
}

/** The objects at a path, in order; what is null or missing on the way is left out. `@` stands for each element of a list. */
export function objectsAt(value: unknown, path: readonly string[], from = 0, found: Tree[] = []): Tree[] {
  if (value === null || value === undefined) return found;
  if (Array.isArray(value)) {
    const next = path[from] === '@' ? from + 1 : from;
    for (const element of value) objectsAt(element, path, next, found);
  } else if (from === path.length) found.push(value as Tree);
  else objectsAt(own(value as Tree, path[from] as string), path, from + 1, found);
  return found;
}

/** The same objects, each with where it stands in the response. An object that stands in several places is given for each. */
export function placesAt(
  value: unknown,
  path: readonly string[],
  from = 0,
  way: Path = [],
  found: { object: Tree; path: Path }[] = [],
): { object: Tree; path: Path }[] {
  if (value === null || value === undefined) return found;
  if (Array.isArray(value)) {
    const next = path[from] === '@' ? from + 1 : from;
    for (const [index, element] of value.entries()) placesAt(element, path, next, [...way, index], found);
  } else if (from === path.length) found.push({ object: value as Tree, path: way });
  else {
    const key = path[from] as string;
    placesAt(own(value as Tree, key), path, from + 1, [...way, key], found);
  }
  return found;
}
