import type { ObjectShape } from './shape.js';
import { isTree, own, type Path, type Tree } from './tree.js';

/**
 * The paths of the response that a path of the data stands for: one for each alias under which the client selected it. If
 * it selected none, since the field was fetched for another, the path of the nearest object that is in the response.
 */
export function clientPaths(shape: ObjectShape, value: unknown, path: Path): Path[] {
  const found = pathsIn(shape, value, path);
  const longest = Math.max(...found.map(({ length }) => length));
  const seen = new Set<string>();
  return found.filter((client) => client.length === longest && !seen.has(client.join('\n')) && seen.add(client.join('\n')));
}

function pathsIn(shape: ObjectShape | null, value: unknown, path: Path): Path[] {
  const [step, ...rest] = path;
  if (step === undefined) return [[]];
  if (typeof step === 'number') return pathsIn(shape, Array.isArray(value) ? value[step] : undefined, rest).map((client) => [step, ...client]);
  const matching = shape ? fieldsAt(shape, value).filter(({ source }) => source === step) : [];
  if (matching.length === 0) return [[]];
  const next = isTree(value) ? own(value, step) : undefined;
  return matching.flatMap(({ key, object }) => pathsIn(object, next, rest).map((client) => [key, ...client]));
}

/** The fields of an object; of one that is not there, those of all types that it might have been. */
function fieldsAt(shape: ObjectShape, value: unknown) {
  if (isTree(value)) return shape.fieldsOf(shape.typenameOf(value as Tree))?.list ?? [];
  return shape.possibleTypes().flatMap((typename) => shape.fieldsOf(typename)?.list ?? []);
}
