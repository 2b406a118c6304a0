import { getOwn, isObjectLike } from '@dossier/graphql';
import type { Path } from '../run/responseData.js';
import type { ObjectShape } from './objectShape.js';

export interface ClientPath {
  path: Path;
  /** Whether the client selected the field. If not, the path is that of the nearest object in the response. */
  isExact: boolean;
  /** Whether the data has null at the path, or lacks the field of the error. */
  isNull: boolean;
  /** Whether the field may be needed for the type of the object. */
  isNeeded: boolean;
}

/**
 * Translates a path in the data, whose keys are canonical, into paths in the response: one for each alias under which
 * the client selected the field, otherwise the longest prefix that the response has. If the error nulls an object that is
 * selected under other aliases, too, there is also a path for each of these. No path for a field of `conditionalKeys` that
 * is not selected on the object's type, unless other fields are null because of it.
 */
export function clientPaths(
  shape: ObjectShape,
  value: unknown,
  path: Path,
  conditionalKeys: ReadonlySet<string>,
): ClientPath[] {
  const found = pathsIn(shape, value, path, conditionalKeys);
  const isSelected = found.some(({ isExact }) => isExact);
  if (!isSelected && found.some(({ isNeeded }) => !isNeeded)) return [];
  const exact = isSelected ? found.filter(({ isExact, isNull }) => isExact || isNull) : [];
  const longest = Math.max(...found.map((client) => client.path.length));
  const seen = new Set<string>();
  return (exact.length > 0 ? exact : found.filter((client) => client.path.length === longest)).filter(
    (client) => !seen.has(client.path.join('\n')) && seen.add(client.path.join('\n')),
  );
}

function pathsIn(
  shape: ObjectShape | null,
  value: unknown,
  path: Path,
  conditionalKeys: ReadonlySet<string>,
): ClientPath[] {
  const [step, ...rest] = path;
  if (step === undefined) return [{ path: [], isExact: true, isNull: value === null, isNeeded: true }];
  const prepend = (key: string | number, clients: ClientPath[]): ClientPath[] =>
    clients.map((client) => ({ ...client, path: [key, ...client.path] }));
  if (typeof step === 'number')
    return prepend(step, pathsIn(shape, Array.isArray(value) ? value[step] : nullOf(value), rest, conditionalKeys));
  const matching = shape ? fieldsAt(shape, value).filter(({ source }) => source === step) : [];
  if (matching.length === 0) {
    // A subgraph that cannot null the field alone nulls its entity, whose other fields are then missing, too.
    const isNull = value === null || (isObjectLike(value) && getOwn(value, step) === undefined);
    return [{ path: [], isExact: false, isNull, isNeeded: isNull || !conditionalKeys.has(step) }];
  }
  const next = isObjectLike(value) ? getOwn(value, step) : nullOf(value);
  return matching.flatMap(({ key, object }) => prepend(key, pathsIn(object, next, rest, conditionalKeys)));
}

/** What is below a value that is not an object or a list: null below null. */
const nullOf = (value: unknown): null | undefined => (value === null ? null : undefined);

/** The fields of an object; if it is missing, those of all its possible types. */
function fieldsAt(shape: ObjectShape, value: unknown) {
  if (isObjectLike(value)) return shape.fieldsOf(shape.typenameOf(value))?.list ?? [];
  return shape.possibleTypes().flatMap((typename) => shape.fieldsOf(typename)?.list ?? []);
}
