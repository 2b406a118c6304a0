import type { FetchNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, parse } from 'graphql';
import { argumentOf, directivesNamed, stringArgumentOf } from '../supergraph/joinDirectives.js';
import { mapFetches } from './mapFetches.js';

/** The top-level fields of each key of an `@interfaceObject` type, by `<subgraph> <type>`. */
export type InterfaceObjectKeys = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Reads the keys of `@interfaceObject` types from a supergraph. */
export function interfaceObjectKeys(supergraphSdl: string): InterfaceObjectKeys {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const names = new Map<string, string>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives = [] } of definition.values ?? [])
      for (const directive of directives) names.set(name.value, stringArgumentOf(directive, 'name') ?? name.value);
  }
  const keys = new Map<string, string[][]>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const join of directivesNamed(definition.directives, 'join__type')) {
      const key = stringArgumentOf(join, 'key');
      if (argumentOf(join, 'isInterfaceObject') !== true || key === undefined) continue;
      const subgraphType = `${names.get(stringArgumentOf(join, 'graph') ?? '')} ${definition.name.value}`;
      keys.set(subgraphType, [...(keys.get(subgraphType) ?? []), topLevelFields(key)]);
    }
  }
  return keys;
}

/**
 * Works around a defect of the planner. A fetch from an interface object for some of its concrete types has two
 * requirements: the key on those types, and fields on the interface. For the other types only the second applies, so a
 * representation without a key would be sent. Requirements without a key are moved into those with one.
 */
export const mergeKeylessRequirements = (plan: QueryPlan, keys: InterfaceObjectKeys): QueryPlan =>
  keys.size === 0
    ? plan
    : mapFetches(plan, (fetch) => [
        fetch.requires && fetch.requires.length > 1
          ? { ...fetch, requires: mergeKeyless(fetch, fetch.requires, keys) }
          : fetch,
      ]);

function mergeKeyless(
  { serviceName }: FetchNode,
  requires: readonly QueryPlanSelectionNode[],
  keys: InterfaceObjectKeys,
): QueryPlanSelectionNode[] {
  const isKeyless = (selection: QueryPlanSelectionNode): boolean => {
    if (selection.kind !== 'InlineFragment' || !selection.typeCondition) return false;
    const keysOfType = keys.get(`${serviceName} ${selection.typeCondition}`);
    const selected = new Set(selection.selections.map((field) => (field.kind === 'Field' ? field.name : '')));
    return keysOfType !== undefined && !keysOfType.some((fields) => fields.every((field) => selected.has(field)));
  };
  const keyless = requires.filter(isKeyless);
  const keyed = requires.filter((selection) => !isKeyless(selection));
  return keyless.length === 0 || keyed.length === 0
    ? [...requires]
    : keyed.map((selection) =>
        selection.kind === 'InlineFragment'
          ? {
              ...selection,
              selections: [...selection.selections, ...keyless.flatMap((fragment) => fragment.selections ?? [])],
            }
          : selection,
      );
}

function topLevelFields(key: string): string[] {
  const [definition] = parse(`{ ${key} }`, { noLocation: true }).definitions;
  const selections = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
  return selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
}
