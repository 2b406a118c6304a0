import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type ConstDirectiveNode, Kind, parse } from 'graphql';

/** Top-level fields of each key of a type that a subgraph holds as an interface object, by `<subgraph> <type>`. */
export type InterfaceObjectKeys = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Read from the supergraph. */
export function interfaceObjectKeys(supergraphSdl: string): InterfaceObjectKeys {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const names = new Map<string, string>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue;
    for (const { name, directives = [] } of definition.values ?? [])
      for (const directive of directives) names.set(name.value, argumentOf(directive, 'name') ?? name.value);
  }
  const keys = new Map<string, string[][]>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const directive of definition.directives ?? []) {
      const key = argumentOf(directive, 'key');
      if (
        directive.name.value !== 'join__type' ||
        argumentOf(directive, 'isInterfaceObject') !== 'true' ||
        key === undefined
      )
        continue;
      const place = `${names.get(argumentOf(directive, 'graph') ?? '')} ${definition.name.value}`;
      keys.set(place, [...(keys.get(place) ?? []), topFields(key)]);
    }
  }
  return keys;
}

/**
 * An interface object is fetched for some of its concrete types with two requirements: the key on those types, and fields on
 * the interface. For other types only the latter holds, and a representation without a key would be sent. Here, what is
 * required without a key moves to the types that have one.
 */
export function requirementsWithKeys(plan: QueryPlan, keys: InterfaceObjectKeys): QueryPlan {
  if (keys.size === 0 || !plan.node || plan.node.kind === 'Subscription') return plan;
  return { ...plan, node: inNode(plan.node, keys) };
}

function inNode(node: PlanNode, keys: InterfaceObjectKeys): PlanNode {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((child) => inNode(child, keys)) };
    case 'Flatten':
      return { ...node, node: inNode(node.node, keys) };
    case 'Fetch':
      return node.requires && node.requires.length > 1
        ? { ...node, requires: withKeys(node, node.requires, keys) }
        : node;
    default:
      return node;
  }
}

function withKeys(
  { serviceName }: FetchNode,
  requires: readonly QueryPlanSelectionNode[],
  keys: InterfaceObjectKeys,
): QueryPlanSelectionNode[] {
  const isKeyless = (selection: QueryPlanSelectionNode): boolean => {
    if (selection.kind !== 'InlineFragment' || !selection.typeCondition) return false;
    const keysOfType = keys.get(`${serviceName} ${selection.typeCondition}`);
    const has = new Set(selection.selections.map((field) => (field.kind === 'Field' ? field.name : '')));
    return keysOfType !== undefined && !keysOfType.some((fields) => fields.every((field) => has.has(field)));
  };
  const keyless = requires.filter(isKeyless);
  const others = requires.filter((selection) => !isKeyless(selection));
  // Both are requirements of one representation, so that those of one type are read together.
  return keyless.length === 0 || others.length === 0
    ? [...requires]
    : others.map((selection) =>
        selection.kind === 'InlineFragment'
          ? {
              ...selection,
              selections: [...selection.selections, ...keyless.flatMap((fragment) => fragment.selections ?? [])],
            }
          : selection,
      );
}

function topFields(key: string): string[] {
  const [definition] = parse(`{ ${key} }`, { noLocation: true }).definitions;
  const selections = definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
  return selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
}

function argumentOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value && 'value' in value ? String(value.value) : undefined;
}
