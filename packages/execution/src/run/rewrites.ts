import type { FetchDataRewrite } from '@apollo/query-planner';
import { getOwn, isObjectLike, type ObjMap, setOwn } from '@dossier/graphql';
import type { IsOfType } from '../typeConditions.js';
import type { Path } from './responseData.js';

const TYPE_CONDITION = '... on ';

/** Renames keys and sets values as a plan says: in representations before a fetch, in its data afterwards. */
export function applyRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  value: unknown,
  isOfType: IsOfType,
): void {
  for (const rewrite of rewrites ?? []) {
    const path = rewrite.path.slice(0, -1);
    const key = rewrite.path.at(-1) as string;
    forEachObjectAt(path, value, isOfType, (object) => {
      if (rewrite.kind === 'ValueSetter') setOwn(object, key, rewrite.setValueTo);
      else if (getOwn(object, key) !== undefined) {
        setOwn(object, rewrite.renameKeyTo, getOwn(object, key));
        delete object[key];
      }
    });
  }
}

/** The path of an error, with the keys that the data has after the rewrites. */
export function renamePath(rewrites: readonly FetchDataRewrite[] | undefined, path: Path): Path {
  const renamed = new Map(
    (rewrites ?? []).flatMap((rewrite) =>
      rewrite.kind === 'KeyRenamer' ? [[rewrite.path.at(-1), rewrite.renameKeyTo] as const] : [],
    ),
  );
  return renamed.size === 0 ? path : path.map((step) => renamed.get(step as string) ?? step);
}

/** `path` has keys and type conditions (`... on Type`). */
function forEachObjectAt(
  path: readonly string[],
  value: unknown,
  isOfType: IsOfType,
  apply: (object: ObjMap) => void,
): void {
  if (Array.isArray(value)) {
    for (const element of value) forEachObjectAt(path, element, isOfType, apply);
    return;
  }
  if (!isObjectLike(value)) return;
  const [head, ...rest] = path;
  if (head === undefined) apply(value);
  else if (!head.startsWith(TYPE_CONDITION)) forEachObjectAt(rest, getOwn(value, head), isOfType, apply);
  else {
    const typename = value['__typename'];
    if (typeof typename !== 'string' || isOfType(typename, head.slice(TYPE_CONDITION.length)))
      forEachObjectAt(rest, value, isOfType, apply);
  }
}
