import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { applyRewrites } from './rewrites.js';
import { isTree, mergeInto, own, type Tree } from './tree.js';
import type { IsOfType } from './typeConditions.js';

/** What an entity fetch asks for: each entity once, and for each object the index of its entity. */
export interface Representations {
  list: Tree[];
  /** Beside the objects; -1 for one that is not asked about. */
  indexes: number[];
}

/** Representations of the objects that the fetch is for: those of its types that have what it requires. */
export function representationsOf(objects: readonly Tree[], fetch: FetchNode, isOfType: IsOfType): Representations {
  const list: Tree[] = [];
  const indexes = new Array<number>(objects.length);
  const known = new Map<string, Map<string, number>>();
  for (let at = 0; at < objects.length; at++) {
    const representation = representationOf(objects[at] as Tree, fetch, isOfType);
    const typename = representation?.['__typename'];
    if (!representation || typeof typename !== 'string') {
      indexes[at] = -1;
      continue;
    }
    let ofType = known.get(typename);
    if (!ofType) {
      ofType = new Map();
      known.set(typename, ofType);
    }
    const key = keyOf(representation);
    let index = ofType.get(key);
    if (index === undefined) {
      index = list.push(representation) - 1;
      ofType.set(key, index);
    }
    indexes[at] = index;
  }
  return { list, indexes };
}

// Most are a type and an id, told apart from any JSON by the first character.
function keyOf(representation: Tree): string {
  const { id } = representation;
  for (const key in representation) if (key !== '__typename' && key !== 'id') return JSON.stringify(representation);
  return typeof id === 'string' ? `:${id}` : JSON.stringify(representation);
}

const rewritten = new WeakMap<object, string>();

/** The type of the object that a representation stands for: a plan may ask for it by an interface of it. */
export function typeRepresented(representation: Tree): string | undefined {
  const type = rewritten.get(representation) ?? representation['__typename'];
  return typeof type === 'string' ? type : undefined;
}

/** Types remembered of one fetch: their names came from a subgraph. */
const TYPES_KEPT = 100;

/** Keys that the representations of a fetch have, by type: null where they are more than values beside each other. */
const plainKeys = new WeakMap<FetchNode, Map<string, readonly string[] | null>>();

function representationOf(object: Tree, fetch: FetchNode, isOfType: IsOfType): Tree | null {
  const typename = object['__typename'];
  const keys = typeof typename === 'string' ? keysFor(typename, fetch, isOfType) : null;
  if (!keys) {
    const representation = required(object, fetch.requires ?? [], isOfType);
    // A rewrite may give a type to what has nothing else.
    if (typeof representation?.['__typename'] !== 'string') return null;
    const { __typename: type } = representation;
    applyRewrites(fetch.inputRewrites, representation, isOfType);
    if (representation['__typename'] !== type) rewritten.set(representation, type);
    return representation;
  }
  const representation: Tree = {};
  for (const key of keys) {
    const value = own(object, key);
    if (value === undefined) return null;
    representation[key] = value;
  }
  return representation;
}

function keysFor(typename: string, fetch: FetchNode, isOfType: IsOfType): readonly string[] | null {
  let byType = plainKeys.get(fetch);
  if (!byType) {
    byType = new Map();
    plainKeys.set(fetch, byType);
  }
  let keys = byType.get(typename);
  if (keys === undefined) {
    keys = fetch.inputRewrites?.length ? null : plainKeysOf(fetch.requires ?? [], typename, isOfType);
    if (byType.size < TYPES_KEPT) byType.set(typename, keys);
  }
  return keys;
}

/** The keys that a type's representation has, where they are the same whatever selection on it is read; else null. */
function plainKeysOf(
  selections: readonly QueryPlanSelectionNode[],
  typename: string,
  isOfType: IsOfType,
): readonly string[] | null {
  const asked = selections.flatMap((selection) => {
    if (selection.kind === 'Field') return [null];
    return selection.typeCondition && isOfType(typename, selection.typeCondition)
      ? [leafKeys(selection.selections)]
      : [];
  });
  const [first, ...others] = asked;
  return first && others.every((keys) => keys?.join() === first.join()) ? first : null;
}

function leafKeys(selections: readonly QueryPlanSelectionNode[]): string[] | null {
  const keys = selections.map((selection) =>
    selection.kind === 'Field' && !selection.selections ? (selection.alias ?? selection.name) : null,
  );
  return keys.every((key) => key !== null) ? keys : null;
}

/** The required fields of an object; null where one of them is not there. */
function required(source: Tree, selections: readonly QueryPlanSelectionNode[], isOfType: IsOfType): Tree | null {
  const result: Tree = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      const value = own(source, key);
      if (value === undefined) return null;
      result[key] = selection.selections ? requiredIn(value, selection.selections, isOfType) : value;
    } else if (selection.typeCondition && isOfType(source['__typename'] as string, selection.typeCondition)) {
      const part = required(source, selection.selections, isOfType);
      if (part) mergeInto(result, part);
    }
  }
  return result;
}

const requiredIn = (value: unknown, selections: readonly QueryPlanSelectionNode[], isOfType: IsOfType): unknown =>
  Array.isArray(value)
    ? value.map((element) => requiredIn(element, selections, isOfType))
    : isTree(value)
      ? required(value, selections, isOfType)
      : null;
