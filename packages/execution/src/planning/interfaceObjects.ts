import type { FetchNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type ConstDirectiveNode, type FieldNode, Kind, parse } from 'graphql';
import { argumentOf, directivesNamed, stringArgumentOf } from '../supergraph/joinDirectives.js';
import { forEachEntityField, operationOf, partOf } from './fetchParts.js';
import { mapFetches } from './mapFetches.js';

/** What an `@interfaceObject` type of a subgraph needs to be fetched. */
interface InterfaceObject {
  /** The top-level fields of each key. */
  keys: string[][];
  /** The top-level fields that a field requires, by its name; only fields with `@requires`. */
  requiredBy: Map<string, string[]>;
}

/** By `<subgraph> <type>`. */
export type InterfaceObjects = ReadonlyMap<string, InterfaceObject>;

/** Reads the `@interfaceObject` types of a supergraph. */
export function interfaceObjectTypes(supergraphSdl: string): InterfaceObjects {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const names = new Map<string, string>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives = [] } of definition.values ?? [])
      for (const directive of directives) names.set(name.value, stringArgumentOf(directive, 'name') ?? name.value);
  }
  const types = new Map<string, InterfaceObject>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const typeIn = (directive: ConstDirectiveNode): string =>
      `${names.get(stringArgumentOf(directive, 'graph') ?? '')} ${definition.name.value}`;
    for (const join of directivesNamed(definition.directives, 'join__type')) {
      const key = stringArgumentOf(join, 'key');
      if (argumentOf(join, 'isInterfaceObject') !== true || key === undefined) continue;
      const type: InterfaceObject = types.get(typeIn(join)) ?? { keys: [], requiredBy: new Map() };
      type.keys.push(topLevelFields(key));
      types.set(typeIn(join), type);
    }
    for (const { name, directives } of definition.fields ?? [])
      for (const join of directivesNamed(directives, 'join__field')) {
        const requires = stringArgumentOf(join, 'requires');
        if (requires !== undefined) types.get(typeIn(join))?.requiredBy.set(name.value, topLevelFields(requires));
      }
  }
  return types;
}

/**
 * Works around a defect of the planner. A fetch from an interface object for some of its concrete types has two
 * requirements: the key on those types, and fields on the interface. For the other types only the second applies, so a
 * representation without a key would be sent. Requirements without a key are moved into those with one.
 */
const mergeKeylessRequirements = (fetch: FetchNode, types: InterfaceObjects): FetchNode =>
  fetch.requires && fetch.requires.length > 1
    ? { ...fetch, requires: mergeKeyless(fetch, fetch.requires, types) }
    : fetch;

function mergeKeyless(
  { serviceName }: FetchNode,
  requires: readonly QueryPlanSelectionNode[],
  types: InterfaceObjects,
): QueryPlanSelectionNode[] {
  const isKeyless = (selection: QueryPlanSelectionNode): boolean => {
    if (selection.kind !== 'InlineFragment' || !selection.typeCondition) return false;
    const keysOfType = types.get(`${serviceName} ${selection.typeCondition}`)?.keys;
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

/**
 * Works around another defect: a fetch requires what any of its fields requires, of every object. If the client selects a
 * field with requirements on some of the concrete types, they are only fetched there, and the other objects have no
 * complete representation. Such a fetch becomes one fetch for each set of requirements.
 */
function splitByRequirements(fetch: FetchNode, types: InterfaceObjects): FetchNode[] {
  const type = (fetch.requires ?? [])
    .map((selection) =>
      selection.kind === 'InlineFragment' ? types.get(`${fetch.serviceName} ${selection.typeCondition}`) : undefined,
    )
    .find((found) => found !== undefined && found.requiredBy.size > 0);
  if (!type) return [fetch];
  const operation = operationOf(fetch);
  const requirementsOf = ({ name }: FieldNode): readonly string[] => type.requiredBy.get(name.value) ?? [];
  const groups = new Map<string, readonly string[]>();
  forEachEntityField(operation, (_type, field) => {
    if (field.name.value !== '__typename') groups.set(requirementsOf(field).join(), requirementsOf(field));
  });
  if (groups.size < 2) return [fetch];
  const keys = new Set(['__typename', ...type.keys.flat()]);
  return [...groups.entries()].map(([group, required]) =>
    partOf(
      fetch,
      operation,
      (field) => field.name.value === '__typename' || requirementsOf(field).join() === group,
      (name) => !keys.has(name) && !required.includes(name),
    ),
  );
}

/** Corrects the fetches from interface objects in a plan. */
export const correctInterfaceObjects = (plan: QueryPlan, types: InterfaceObjects): QueryPlan =>
  types.size === 0
    ? plan
    : mapFetches(plan, (fetch) =>
        splitByRequirements(fetch, types).map((part) => mergeKeylessRequirements(part, types)),
      );

function topLevelFields(key: string): string[] {
  const [definition] = parse(`{ ${key} }`, { noLocation: true }).definitions;
  const selections = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
  return selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
}
