import { getOwn, isObjectLike, type ObjMap, setOwn } from '@dossier/graphql';
import type { IsOfType } from '../typeConditions.js';

/** Response keys and list indexes from the root of a response. */
export type Path = readonly (string | number)[];

/**
 * Merges the data of one fetch into the data so far. Lists merge element by element. A null never replaces a value:
 * another subgraph has resolved that field. An interface never replaces a concrete `__typename`: a subgraph that defines
 * the interface as an object type (`@interfaceObject`) does not know the concrete types.
 */
export function mergeInto(target: ObjMap, source: ObjMap, isOfType: IsOfType): void {
  for (const key in source) {
    const value = source[key];
    const existing = getOwn(target, key);
    if (value === undefined || existing === value) continue;
    if (key === '__typename' && isMoreSpecific(existing, value, isOfType)) continue;
    if (existing === undefined || existing === null || (typeof value !== 'object' && value !== null))
      setOwn(target, key, value);
    else if (value !== null) mergeValues(existing, value, isOfType);
  }
}

const isMoreSpecific = (existing: unknown, typename: unknown, isOfType: IsOfType): boolean =>
  typeof existing === 'string' && typeof typename === 'string' && isOfType(existing, typename);

function mergeValues(target: unknown, source: unknown, isOfType: IsOfType): void {
  if (Array.isArray(target) && Array.isArray(source)) {
    for (const [index, element] of source.entries()) {
      if (target[index] === undefined || target[index] === null) target[index] = element;
      else if (target[index] !== element) mergeValues(target[index], element, isOfType);
    }
  } else if (isObjectLike(target) && isObjectLike(source)) mergeInto(target, source, isOfType);
}

/**
 * The objects at a path of a plan, in order; missing and null values are skipped. `@` stands for each element of a
 * list.
 */
export function objectsAt(value: unknown, path: readonly string[], position = 0, found: ObjMap[] = []): ObjMap[] {
  if (value === null || value === undefined) return found;
  if (Array.isArray(value)) {
    const next = path[position] === '@' ? position + 1 : position;
    for (const element of value) objectsAt(element, path, next, found);
  } else if (position === path.length) found.push(value as ObjMap);
  else objectsAt(getOwn(value as ObjMap, path[position] as string), path, position + 1, found);
  return found;
}

interface Location {
  object: ObjMap;
  path: Path;
}

/**
 * The same objects, each with its path in the data. An object that occurs several times is returned once for each path.
 */
export function locationsAt(
  value: unknown,
  path: readonly string[],
  position = 0,
  parentPath: Path = [],
  found: Location[] = [],
): Location[] {
  if (value === null || value === undefined) return found;
  if (Array.isArray(value)) {
    const next = path[position] === '@' ? position + 1 : position;
    for (const [index, element] of value.entries()) locationsAt(element, path, next, [...parentPath, index], found);
  } else if (position === path.length) found.push({ object: value as ObjMap, path: parentPath });
  else {
    const key = path[position] as string;
    locationsAt(getOwn(value as ObjMap, key), path, position + 1, [...parentPath, key], found);
  }
  return found;
}
