import type { FetchDataRewrite } from '@apollo/query-planner';
import { isTree, own, type Path, set, type Tree } from './tree.js';
import type { IsOfType } from './typeConditions.js';

const ON = '... on ';

/** Renames keys and sets values as the plan asks: in representations before a fetch, in its data after it. */
export function applyRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  value: unknown,
  isOfType: IsOfType,
): void {
  for (const rewrite of rewrites ?? []) {
    const path = rewrite.path.slice(0, -1);
    const key = rewrite.path.at(-1) as string;
    atPath(path, value, isOfType, (object) => {
      if (rewrite.kind === 'ValueSetter') set(object, key, rewrite.setValueTo);
      else if (own(object, key) !== undefined) {
        set(object, rewrite.renameKeyTo, own(object, key));
        delete object[key];
      }
    });
  }
}

/** A path of an error in the keys that the response has. */
export function renamedPath(rewrites: readonly FetchDataRewrite[] | undefined, path: Path): Path {
  const renamed = new Map(
    (rewrites ?? []).flatMap((rewrite) =>
      rewrite.kind === 'KeyRenamer' ? [[rewrite.path.at(-1), rewrite.renameKeyTo] as const] : [],
    ),
  );
  return renamed.size === 0 ? path : path.map((step) => renamed.get(step as string) ?? step);
}

function atPath(path: readonly string[], value: unknown, isOfType: IsOfType, apply: (object: Tree) => void): void {
  if (Array.isArray(value)) {
    for (const element of value) atPath(path, element, isOfType, apply);
    return;
  }
  if (!isTree(value)) return;
  const [head, ...rest] = path;
  if (head === undefined) apply(value);
  else if (!head.startsWith(ON)) atPath(rest, own(value, head), isOfType, apply);
  else {
    const typename = value['__typename'];
    if (typeof typename !== 'string' || isOfType(typename, head.slice(ON.length))) atPath(rest, value, isOfType, apply);
  }
}
