import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { applyRewrites } from './rewrites.js';
import { isTree, mergeInto, type Tree } from './tree.js';
import type { IsOfType } from './typeConditions.js';

/** What an entity fetch asks for: each entity once, and for each object the index of its entity. */
export interface Representations {
  list: Tree[];
  indexOf: Map<Tree, number>;
}

/** Representations of the objects that the fetch is for: those of its types that have what it requires. */
export function representationsOf(objects: readonly Tree[], fetch: FetchNode, isOfType: IsOfType): Representations {
  const list: Tree[] = [];
  const indexOf = new Map<Tree, number>();
  const known = new Map<string, number>();
  for (const object of objects) {
    if (indexOf.has(object)) continue;
    const representation = required(object, fetch.requires ?? [], isOfType);
    if (!representation || typeof representation['__typename'] !== 'string') continue;
    applyRewrites(fetch.inputRewrites, representation, isOfType);
    const key = keyOf(representation);
    let index = known.get(key);
    if (index === undefined) {
      index = list.push(representation) - 1;
      known.set(key, index);
    }
    indexOf.set(object, index);
  }
  return { list, indexOf };
}

// Most keys are a type and an id, told apart from any JSON by its first character.
function keyOf(representation: Tree): string {
  const { __typename: typename, id } = representation;
  for (const key in representation) if (key !== '__typename' && key !== 'id') return JSON.stringify(representation);
  return typeof id === 'string' ? `${typename as string} ${id}` : JSON.stringify(representation);
}

/** The required fields of an object; null where one of them is not there. */
function required(source: Tree, selections: readonly QueryPlanSelectionNode[], isOfType: IsOfType): Tree | null {
  const result: Tree = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      const value = source[key];
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
  Array.isArray(value) ? value.map((element) => requiredIn(element, selections, isOfType)) : isTree(value) ? required(value, selections, isOfType) : null;
