import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { argumentOf, stringArgumentOf } from '../supergraph/joinDirectives.js';

/** A required field with its arguments, under a name that only plans use. */
interface RequiredField {
  /** The name of the field in the subgraphs. */
  name: string;
  /** Its arguments in GraphQL syntax, with parentheses; empty if there are none. */
  args: string;
}

/** A supergraph with a separate field for each field and arguments that a `@requires` selects. */
export interface SplitSupergraph {
  supergraphSdl: string;
  /** The separate fields by name. */
  fields: ReadonlyMap<string, RequiredField>;
  /** Names of the separate fields that a field requires in any subgraph, by `<type>.<field>`. */
  requiredBy: ReadonlyMap<string, ReadonlySet<string>>;
}

type Owner = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * Works around a defect of the planner: it selects required fields without an alias. If one is required with two sets
 * of arguments, or also selected by the client, one selection gets the value of the other. So each required field with
 * arguments becomes a field without arguments under a unique name (`tags__r0`). `restoreRequiredFields` reverts that in
 * the plan.
 */
export function splitRequiredFields(supergraphSdl: string, separator: string): SplitSupergraph {
  const document = parse(supergraphSdl, { noLocation: true });
  const owners = new Map<string, Owner>();
  for (const definition of document.definitions) if (isOwner(definition)) owners.set(definition.name.value, definition);
  const implementing = (name: string): Owner[] =>
    [...owners.values()].filter(({ interfaces = [] }) => interfaces.some((type) => type.name.value === name));

  const fields = new Map<string, RequiredField>();
  const names = new Map<string, string>();
  const added = new Map<string, FieldDefinitionNode[]>();
  const requiredBy = new Map<string, Set<string>>();

  const nameOf = (owner: Owner, field: FieldDefinitionNode, node: FieldNode): string => {
    const args = node.arguments?.length ? `(${node.arguments.map((argument) => print(argument)).join(', ')})` : '';
    const key = `${field.name.value}${args}`;
    let name = names.get(key);
    if (name === undefined) {
      name = `${field.name.value}${separator}r${names.size}`;
      names.set(key, name);
      fields.set(name, { name: field.name.value, args });
    }
    for (const type of [owner, ...implementing(owner.name.value)]) {
      const original = type.fields?.find((candidate) => candidate.name.value === field.name.value);
      const list = added.get(type.name.value) ?? [];
      if (original && !list.some((known) => known.name.value === name))
        list.push({
          ...original,
          name: { kind: Kind.NAME, value: name },
          arguments: [],
          directives: original.directives?.filter(isJoin) ?? [],
        });
      added.set(type.name.value, list);
    }
    return name;
  };

  const renameFields = (set: SelectionSetNode, owner: Owner | undefined, used: Set<string>): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        return {
          ...selection,
          selectionSet: renameFields(
            selection.selectionSet,
            selection.typeCondition ? owners.get(selection.typeCondition.name.value) : owner,
            used,
          ),
        };
      if (selection.kind !== Kind.FIELD) return selection;
      const field = owner?.fields?.find((candidate) => candidate.name.value === selection.name.value);
      if (!owner || !field) return selection;
      const selectionSet =
        selection.selectionSet &&
        renameFields(selection.selectionSet, owners.get(namedType(field.type).name.value), used);
      const nested = selectionSet ? { selectionSet } : {};
      if (!field.arguments?.length) return { ...selection, ...nested };
      const name = nameOf(owner, field, selection);
      used.add(name);
      return { ...selection, name: { kind: Kind.NAME, value: name }, arguments: [], ...nested };
    }),
  });

  const splitRequirement = (
    owner: Owner,
    field: FieldDefinitionNode,
    directive: ConstDirectiveNode,
  ): ConstDirectiveNode => {
    const required = directive.arguments?.find((argument) => argument.name.value === 'requires')?.value;
    if (directive.name.value !== 'join__field' || required?.kind !== Kind.STRING) return directive;
    const used = new Set<string>();
    const renamed = renameFields(selectionSetOf(required.value), owner, used);
    if (used.size === 0) return directive;
    const coordinate = `${owner.name.value}.${field.name.value}`;
    requiredBy.set(coordinate, new Set([...(requiredBy.get(coordinate) ?? []), ...used]));
    const value = print(renamed).replace(/\s+/g, ' ').slice(1, -1).trim();
    return {
      ...directive,
      arguments:
        directive.arguments?.map((argument) =>
          argument.name.value === 'requires' ? { ...argument, value: { kind: Kind.STRING, value } } : argument,
        ) ?? [],
    };
  };

  const definitions = document.definitions.map((definition): DefinitionNode => {
    if (!isOwner(definition)) return definition;
    return {
      ...definition,
      fields:
        definition.fields?.map((field) => ({
          ...field,
          directives: field.directives?.map((directive) => splitRequirement(definition, field, directive)) ?? [],
        })) ?? [],
    };
  });
  if (fields.size === 0) return { supergraphSdl, fields, requiredBy };
  const replaced = new Set([...fields.values()].map(({ name }) => name));
  const used = usedExternals(definitions);
  const split: DocumentNode = {
    ...document,
    definitions: definitions.map(
      (definition): DefinitionNode =>
        isOwner(definition)
          ? {
              ...definition,
              fields: [
                ...(definition.fields ?? []).map((field) =>
                  replaced.has(field.name.value) ? withoutUnused(definition, field, owners, used) : field,
                ),
                ...(added.get(definition.name.value) ?? []).map((field) =>
                  withoutUnused(definition, field, owners, used),
                ),
              ],
            }
          : definition,
    ),
  };
  return { supergraphSdl: print(split), fields, requiredBy };
}

/** The fields that a `@requires` or `@provides` of a subgraph selects, as `<graph> <type>.<field>`. */
function usedExternals(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const owners = new Map<string, Owner>();
  for (const definition of definitions) if (isOwner(definition)) owners.set(definition.name.value, definition);
  const used = new Set<string>();
  const addFields = (graph: string, owner: Owner | undefined, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        addFields(
          graph,
          selection.typeCondition ? owners.get(selection.typeCondition.name.value) : owner,
          selection.selectionSet,
        );
      if (selection.kind !== Kind.FIELD || !owner) continue;
      used.add(`${graph} ${owner.name.value}.${selection.name.value}`);
      const field = owner.fields?.find(({ name }) => name.value === selection.name.value);
      if (field && selection.selectionSet)
        addFields(graph, owners.get(namedType(field.type).name.value), selection.selectionSet);
    }
  };
  for (const owner of owners.values())
    for (const field of owner.fields ?? [])
      for (const join of field.directives?.filter(isJoin) ?? []) {
        const graph = stringArgumentOf(join, 'graph') ?? '';
        const [required, provided] = [stringArgumentOf(join, 'requires'), stringArgumentOf(join, 'provides')];
        if (required) addFields(graph, owner, selectionSetOf(required));
        if (provided) addFields(graph, owners.get(namedType(field.type).name.value), selectionSetOf(provided));
      }
  return used;
}

const selectionSetOf = (set: string): SelectionSetNode =>
  (parse(`{ ${set} }`, { noLocation: true }).definitions[0] as OperationDefinitionNode).selectionSet;

const isOwner = (definition: DefinitionNode): definition is Owner =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;

/** Removes `@external` declarations of a field that nothing uses any longer: they would make the supergraph invalid. */
function withoutUnused(
  owner: Owner,
  field: FieldDefinitionNode,
  owners: ReadonlyMap<string, Owner>,
  used: ReadonlySet<string>,
): FieldDefinitionNode {
  const isUsed = (graph: string): boolean => {
    const implemented = (owner.directives ?? []).flatMap((directive) =>
      directive.name.value === 'join__implements' && argumentOf(directive, 'graph') === graph
        ? [stringArgumentOf(directive, 'interface')]
        : [],
    );
    // A field can also be used through an interface that its type implements.
    return (
      [owner.name.value, ...implemented].some((type) => used.has(`${graph} ${type}.${field.name.value}`)) ||
      implemented.some((name) =>
        owners
          .get(name ?? '')
          ?.fields?.some((candidate) => candidate.name.value === field.name.value && isResolvedBy(candidate, graph)),
      )
    );
  };
  return {
    ...field,
    directives:
      field.directives?.filter(
        (join) =>
          !isJoin(join) || argumentOf(join, 'external') !== true || isUsed(stringArgumentOf(join, 'graph') ?? ''),
      ) ?? [],
  };
}

/** Whether a subgraph has a field. Without `@join__field`, every subgraph that has the type does. */
const isResolvedBy = ({ directives = [] }: FieldDefinitionNode, graph: string): boolean => {
  const joins = directives.filter(isJoin);
  return joins.length === 0 || joins.some((join) => argumentOf(join, 'graph') === graph);
};

const isJoin = ({ name }: ConstDirectiveNode): boolean => name.value === 'join__field';

const namedType = (type: TypeNode): NamedTypeNode => (type.kind === Kind.NAMED_TYPE ? type : namedType(type.type));
