import type { ObjectShape } from './shape.js';
import { isTree, own, type Path } from './tree.js';

export interface ClientPath {
  path: Path;
  /** Whether the client selected what the path of the data leads to; if not, the path is that of the nearest object that is in the response. */
  isExact: boolean;
}

/** The paths of the response that a path of the data stands for: one for each alias under which the client selected it, or else the nearest one. */
export function clientPaths(shape: ObjectShape, value: unknown, path: Path): ClientPath[] {
  const found = pathsIn(shape, value, path);
  const exact = found.filter(({ isExact }) => isExact);
  const longest = Math.max(...found.map((client) => client.path.length));
  const seen = new Set<string>();
  return (exact.length > 0 ? exact : found.filter((client) => client.path.length === longest)).filter(
    (client) => !seen.has(client.path.join('\n')) && seen.add(client.path.join('\n')),
  );
}

function pathsIn(shape: ObjectShape | null, value: unknown, path: Path): ClientPath[] {
  const [step, ...rest] = path;
  if (step === undefined) return [{ path: [], isExact: true }];
  const under = (key: string | number, clients: ClientPath[]): ClientPath[] =>
    clients.map((client) => ({ ...client, path: [key, ...client.path] }));
  if (typeof step === 'number')
    return under(step, pathsIn(shape, Array.isArray(value) ? value[step] : undefined, rest));
  const matching = shape ? fieldsAt(shape, value).filter(({ source }) => source === step) : [];
  if (matching.length === 0) return [{ path: [], isExact: false }];
  const next = isTree(value) ? own(value, step) : undefined;
  return matching.flatMap(({ key, object }) => under(key, pathsIn(object, next, rest)));
}

/** The fields of an object; of one that is not there, those of all types that it might have been. */
function fieldsAt(shape: ObjectShape, value: unknown) {
  if (isTree(value)) return shape.fieldsOf(shape.typenameOf(value))?.list ?? [];
  return shape.possibleTypes().flatMap((typename) => shape.fieldsOf(typename)?.list ?? []);
}
