import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { getOwn, isObjectLike, type ObjMap } from '@dossier/graphql';
import type { IsOfType } from '../typeConditions.js';
import { mergeInto } from './responseData.js';
import { applyRewrites } from './rewrites.js';

/** Representations of entities without duplicates, and for each object the index of its representation. */
export interface Representations {
  list: ObjMap[];
  /** One for each object; -1 if the object is not fetched. */
  indexes: number[];
}

/**
 * Builds the representations for an entity fetch: one for each distinct entity of a required type that has all required
 * fields.
 * Apollo Federation, `_entities`:
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 */
export function buildRepresentations(
  objects: readonly ObjMap[],
  fetch: FetchNode,
  isOfType: IsOfType,
): Representations {
  const list: ObjMap[] = [];
  const indexes = new Array<number>(objects.length);
  const known = new Map<string, Map<string, number>>();
  for (let at = 0; at < objects.length; at++) {
    const representation = representationOf(objects[at] as ObjMap, fetch, isOfType);
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

/**
 * Distinguishes representations of one type. The common `{ __typename, id }` is not serialized; its prefix is never
 * JSON.
 */
function keyOf(representation: ObjMap): string {
  const { id } = representation;
  for (const key in representation) if (key !== '__typename' && key !== 'id') return JSON.stringify(representation);
  return typeof id === 'string' ? `:${id}` : JSON.stringify(representation);
}

/** The original type of representations whose `__typename` was rewritten. */
const originalTypes = new WeakMap<object, string>();

/**
 * The concrete type of a representation. Its `__typename` may be an interface: a plan can fetch entities through one.
 */
export function representedType(representation: ObjMap): string | undefined {
  const type = originalTypes.get(representation) ?? representation['__typename'];
  return typeof type === 'string' ? type : undefined;
}

/**
 * Maximum number of types cached for one fetch. Subgraphs choose their names, so the number is not bounded otherwise.
 */
const MAX_CACHED_TYPES = 100;

/** Keys of the representations of a fetch by type; null if they are nested or need rewrites. */
const flatKeys = new WeakMap<FetchNode, Map<string, readonly string[] | null>>();

function representationOf(object: ObjMap, fetch: FetchNode, isOfType: IsOfType): ObjMap | null {
  const typename = object['__typename'];
  const keys = typeof typename === 'string' ? cachedFlatKeys(typename, fetch, isOfType) : null;
  if (!keys) {
    const representation = selectRequired(object, fetch.requires ?? [], isOfType);
    // Checked before the rewrites, since a rewrite can set a type on an empty object.
    if (typeof representation?.['__typename'] !== 'string') return null;
    const { __typename: type } = representation;
    applyRewrites(fetch.inputRewrites, representation, isOfType);
    if (representation['__typename'] !== type) originalTypes.set(representation, type);
    return representation;
  }
  const representation: ObjMap = {};
  for (const key of keys) {
    const value = getOwn(object, key);
    if (value === undefined) return null;
    representation[key] = value;
  }
  return representation;
}

function cachedFlatKeys(typename: string, fetch: FetchNode, isOfType: IsOfType): readonly string[] | null {
  let byType = flatKeys.get(fetch);
  if (!byType) {
    byType = new Map();
    flatKeys.set(fetch, byType);
  }
  let keys = byType.get(typename);
  if (keys === undefined) {
    keys = fetch.inputRewrites?.length ? null : flatKeysOf(fetch.requires ?? [], typename, isOfType);
    if (byType.size < MAX_CACHED_TYPES) byType.set(typename, keys);
  }
  return keys;
}

/**
 * The keys of a type's representation, if it is flat and every applicable fragment selects the same keys; else null.
 */
function flatKeysOf(
  selections: readonly QueryPlanSelectionNode[],
  typename: string,
  isOfType: IsOfType,
): readonly string[] | null {
  const applicable = selections.flatMap((selection) => {
    if (selection.kind === 'Field') return [null];
    return selection.typeCondition && isOfType(typename, selection.typeCondition)
      ? [leafKeys(selection.selections)]
      : [];
  });
  const [first, ...others] = applicable;
  return first && others.every((keys) => keys?.join() === first.join()) ? first : null;
}

function leafKeys(selections: readonly QueryPlanSelectionNode[]): string[] | null {
  const keys = selections.map((selection) =>
    selection.kind === 'Field' && !selection.selections ? (selection.alias ?? selection.name) : null,
  );
  return keys.every((key) => key !== null) ? keys : null;
}

/** The required fields of an object; null if one is missing. */
function selectRequired(
  source: ObjMap,
  selections: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
): ObjMap | null {
  const result: ObjMap = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      const value = getOwn(source, key);
      if (value === undefined) return null;
      result[key] = selection.selections ? selectRequiredIn(value, selection.selections, isOfType) : value;
    } else if (selection.typeCondition && isOfType(source['__typename'] as string, selection.typeCondition)) {
      const part = selectRequired(source, selection.selections, isOfType);
      if (part) mergeInto(result, part, isOfType);
    }
  }
  return result;
}

const selectRequiredIn = (
  value: unknown,
  selections: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
): unknown =>
  Array.isArray(value)
    ? value.map((element) => selectRequiredIn(element, selections, isOfType))
    : isObjectLike(value)
      ? selectRequired(value, selections, isOfType)
      : null;
