import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { type CollectContext, collectFields, isIncluded } from '../collectFields.js';
import { PlanningError } from '../planning/planningError.js';
import type { IsOfType } from '../typeConditions.js';
import { CanonicalNames } from './canonicalNames.js';
import type { GraphFields } from './graphFields.js';

/** Maximum number of fields of a canonical operation. A short document can expand to any size. */
const MAX_FIELDS = 20_000;

/** A field of a canonical operation. A key always refers to the same field with the same arguments. */
interface CanonicalField {
  key: string;
  /** Its selection set; null for a leaf. */
  scope: CanonicalScope | null;
}

/** A selection set: maps fields of the client's document, on an object type, to canonical fields. */
export interface CanonicalScope {
  field: (typename: string, node: FieldNode) => CanonicalField | undefined;
}

export interface CanonicalOperation {
  /** The operation for the planner, without names that the client chose. Equal sources share a plan. */
  source: string;
  /** Whether no field needs a subgraph. */
  isEmpty: boolean;
  /** The client's name of each variable, by canonical name. */
  variables: ReadonlyMap<string, string>;
  root: CanonicalScope;
  /**
   * Root fields whose object may not exist although the subgraph returned one: `GraphFields.probesOf` by response key.
   */
  lookups: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /**
   * Keys of fields that are only selected on some concrete types of an interface object. The planner may fetch them for
   * the other types, too.
   */
  conditionalKeys: ReadonlySet<string>;
}

export interface CanonicalOptions {
  schema: GraphQLSchema;
  graph: GraphFields;
  isOfType: IsOfType;
  /** Whether objects that are selected under several aliases are fetched once for each; false by default. */
  separatesAliases?: boolean;
}

/**
 * Rewrites an operation for the planner:
 * - Response keys are derived from field and arguments, and variables are numbered. So an alias never collides with a
 *   field that the planner adds, and operations that only differ in names share a plan.
 * - Skipped selections are removed.
 * - Fragments are expanded by object type. A field that only some subgraphs resolve is selected on each object type: on
 *   an interface, the planner would compare all combinations of its types.
 *
 * `variables` are the coerced variables of `@skip` and `@include`. Throws PlanningError if the operation becomes too
 * large.
 */
export function canonicalize(
  { schema, graph, isOfType, separatesAliases = false }: CanonicalOptions,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): CanonicalOperation {
  const context: CollectContext = { fragments, variables, isOfType };
  const names = new CanonicalNames(graph, operation, separatesAliases);
  const writer = new OperationWriter(schema, graph, context, names);
  const rootType = schema.getRootType(operation.operation) as GraphQLObjectType;
  const root = writer.root(rootType, operation.selectionSet, operation.operation === OperationTypeNode.MUTATION);
  const definitions = names.definitions(operation);
  return {
    source: `${operation.operation}${definitions}${root.source}`,
    isEmpty: root.isEmpty,
    variables: names.variables,
    root,
    lookups: writer.lookups,
    conditionalKeys: writer.conditionalKeys,
  };
}

/** A canonical selection set and its source. */
interface CanonicalSelectionSet extends CanonicalScope {
  /** The selection set in GraphQL syntax. */
  source: string;
  /** Number of fields, nested ones included. */
  size: number;
  isEmpty: boolean;
}

/** The nodes that select the same field with the same arguments. */
interface Group {
  identity: string;
  name: string;
  nodes: FieldNode[];
  scope: CanonicalSelectionSet | null;
}

class OperationWriter {
  readonly #schema: GraphQLSchema;
  readonly #graph: GraphFields;
  readonly #context: CollectContext;
  readonly #names: CanonicalNames;
  readonly #scopes = new Map<string, CanonicalSelectionSet>();
  readonly #ids = new Map<SelectionSetNode, number>();
  /** See CanonicalOperation. */
  readonly lookups = new Map<string, ReadonlyMap<string, string>>();
  readonly conditionalKeys = new Set<string>();

  constructor(schema: GraphQLSchema, graph: GraphFields, context: CollectContext, names: CanonicalNames) {
    this.#schema = schema;
    this.#graph = graph;
    this.#context = context;
    this.#names = names;
  }

  root(type: GraphQLObjectType, set: SelectionSetNode, isMutation: boolean): CanonicalSelectionSet {
    return this.#object(type, [set], isMutation, true);
  }

  #scope(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): CanonicalSelectionSet {
    const key = `${type.name} ${sets.map((set) => this.#idOf(set)).join()}`;
    let scope = this.#scopes.get(key);
    if (!scope) {
      scope = isObjectType(type)
        ? this.#object(type, sets)
        : this.#hasInterfaceObject(type, sets)
          ? this.#interfaceObject(type, sets)
          : this.#abstract(type, sets);
      if (scope.size > MAX_FIELDS)
        throw new PlanningError(
          'TOO_COMPLEX',
          `The operation has more than ${MAX_FIELDS} fields when fragments on interfaces and unions are expanded for each object type.`,
        );
      this.#scopes.set(key, scope);
    }
    return scope;
  }

  #object(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    isMutation = false,
    isRoot = false,
  ): CanonicalSelectionSet {
    const fields = new Map<string, CanonicalField>();
    const parts: string[] = [];
    let size = 0;
    for (const group of this.#groups(type, sets, isMutation)) {
      const key = this.#names.keyOf(group.name, group.identity);
      if (isRoot && !isMutation && group.scope) {
        const probes = this.#graph.probesOf(group.name);
        if (probes.size > 0) this.lookups.set(key, probes);
        group.scope = withProbes(group.scope, probes, this.#graph.separator);
      }
      fields.set(group.identity, { key, scope: group.scope });
      parts.push(this.#fieldSource(key, group));
      size += 1 + (group.scope?.size ?? 0);
    }
    return {
      source: selectionSetOf(parts),
      size,
      isEmpty: parts.length === 0,
      field: (_typename, node) => fields.get(this.#names.identityOf(node, isMutation)),
    };
  }

  /**
   * Expands the selection set of an interface or union by object type. Fields that all types share stay on the abstract
   * type if they can be planned there.
   */
  #abstract(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): CanonicalSelectionSet {
    const possible = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [];
    const byType = new Map<string, Map<string, CanonicalField>>(possible.map(({ name }) => [name, new Map()]));
    const groupsOf = new Map(possible.map((object) => [object, this.#groups(object, sets, false)]));
    const variants = this.#variantsOf(groupsOf);
    const parts: string[] = [];
    const partsOf = new Map<string, string[]>(possible.map(({ name }) => [name, []]));
    const shared = new Set<string>();
    let size = 0;
    for (const [object, groups] of groupsOf) {
      for (const group of groups) {
        const key = this.#variantKey(group, variantIndex(variants, group, object));
        byType.get(object.name)?.set(group.identity, { key, scope: group.scope });
        const [first, ...others] = variants.get(group.identity)?.values() ?? [];
        const isUniform = others.length === 0 && first?.length === possible.length;
        if (isUniform && this.#canSelectOnAbstract(type, group, possible)) {
          if (shared.has(group.identity)) continue;
          shared.add(group.identity);
          parts.push(this.#fieldSource(key, group));
        } else partsOf.get(object.name)?.push(this.#fieldSource(key, group));
        size += 1 + (group.scope?.size ?? 0);
      }
    }
    for (const [name, typeParts] of partsOf)
      if (typeParts.length > 0) parts.push(`... on ${name}${selectionSetOf(typeParts)}`);
    return {
      source: selectionSetOf(parts),
      size,
      isEmpty: parts.length === 0,
      field: (typename, node) => byType.get(typename)?.get(this.#names.identityOf(node)),
    };
  }

  /** Whether to select a field on the abstract type itself. */
  #canSelectOnAbstract(
    type: GraphQLCompositeType,
    { name, nodes, scope }: Group,
    possible: readonly GraphQLObjectType[],
  ): boolean {
    if (!isInterfaceType(type)) return false;
    const field = type.getFields()[name];
    if (
      !field ||
      (nodes[0]?.arguments ?? []).some((argument) => !field.args.some((arg) => arg.name === argument.name.value))
    )
      return false;
    // An object type may narrow the type of the field, which then has other fields.
    if (possible.some((object) => getNamedType(object.getFields()[name]?.type) !== getNamedType(field.type)))
      return false;
    if (scope !== null || this.#graph.isProvided(name) || this.#graph.isEverywhere(type.name, name)) return true;
    return possible.every((object) => this.#graph.isEverywhere(object.name, name));
  }

  /**
   * The selection set of an interface that a subgraph defines as an object type. That subgraph does not know the
   * concrete types, so fields of the interface stay on it; only narrower type conditions are expanded by object type.
   * Their fields always have keys of variants: the planner may fetch them for other types, too, and the errors of
   * those can then be recognised.
   */
  #interfaceObject(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): CanonicalSelectionSet {
    const fields = new Map<string, CanonicalField>();
    const parts: string[] = [];
    const conditions = new Map<GraphQLObjectType, SelectionSetNode[]>();
    let size = 0;
    const groups = new Map<string, Group>();
    const visit = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (!isIncluded(selection, this.#context)) continue;
        if (selection.kind === Kind.FIELD) {
          const identity = this.#names.identityOf(selection);
          const group = groups.get(identity);
          if (group) group.nodes.push(selection);
          else groups.set(identity, { identity, name: selection.name.value, nodes: [selection], scope: null });
          continue;
        }
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#context.fragments.get(selection.name.value);
        if (!fragment) continue;
        const condition = fragment.typeCondition?.name.value ?? type.name;
        if (this.#context.isOfType(type.name, condition)) visit(fragment.selectionSet);
        // The planner fails for a narrower interface that the subgraph also defines as an object type.
        else
          for (const object of this.#objectTypes(condition, type))
            conditions.set(object, [...(conditions.get(object) ?? []), fragment.selectionSet]);
      }
    };
    sets.forEach(visit);
    for (const group of groups.values()) {
      const definition = isInterfaceType(type) || isObjectType(type) ? type.getFields()[group.name] : undefined;
      if (!definition && group.name !== '__typename') continue;
      group.scope = definition ? this.#scopeOf(definition.type, group.nodes) : null;
      const key = this.#names.keyOf(group.name, group.identity);
      fields.set(group.identity, { key, scope: group.scope });
      parts.push(this.#fieldSource(key, group));
      size += 1 + (group.scope?.size ?? 0);
    }
    // On an object type, a field that is also selected on the interface has the selections of both.
    const groupsOf = new Map(
      [...conditions].map(([object, narrowed]) => [
        object,
        this.#groups(object, narrowed, false, (identity) => groups.get(identity)?.nodes ?? []),
      ]),
    );
    const variants = this.#variantsOf([[type, [...groups.values()]], ...groupsOf]);
    const byType = new Map<string, Map<string, CanonicalField>>();
    for (const [object, objectGroups] of groupsOf) {
      const objectFields = new Map<string, CanonicalField>();
      const objectParts: string[] = [];
      for (const group of objectGroups) {
        const isOnInterface = fields.has(group.identity);
        const index = variantIndex(variants, group, object) + (isOnInterface ? 0 : 1);
        const key = this.#variantKey(group, index);
        objectFields.set(group.identity, { key, scope: group.scope });
        if (index === 0) continue;
        this.conditionalKeys.add(key);
        objectParts.push(this.#fieldSource(key, group));
        size += 1 + (group.scope?.size ?? 0);
      }
      byType.set(object.name, objectFields);
      if (objectParts.length > 0) parts.push(`... on ${object.name}${selectionSetOf(objectParts)}`);
    }
    // The concrete types decide which conditions apply.
    if (conditions.size > 0) parts.push('__typename');
    const field = (typename: string, node: FieldNode): CanonicalField | undefined => {
      const identity = this.#names.identityOf(node);
      return byType.get(typename)?.get(identity) ?? fields.get(identity);
    };
    return { source: selectionSetOf(parts), size, isEmpty: parts.length === 0, field };
  }

  /**
   * The variants of each field by identity: for each, the types that select the field with the same type and selection
   * set. Each variant needs a separate response key.
   */
  #variantsOf(groupsOf: Iterable<readonly [GraphQLCompositeType, readonly Group[]]>): Variants {
    const variants = new Map<string, Map<string, string[]>>();
    for (const [type, groups] of groupsOf) {
      for (const group of groups) {
        const ofIdentity = variants.get(group.identity) ?? new Map<string, string[]>();
        variants.set(group.identity, ofIdentity);
        const variant = `${this.#shapeOf(type, group.name)} ${group.scope?.source ?? ''}`;
        ofIdentity.set(variant, [...(ofIdentity.get(variant) ?? []), type.name]);
      }
    }
    return variants;
  }

  #variantKey({ name, identity }: Group, index: number): string {
    const key = this.#names.keyOf(name, identity);
    return index === 0 ? key : `${key}${this.#graph.separator}v${index}`;
  }

  /** The fields selected on an object type. Without `__typename` and introspection, which need no subgraph. */
  #groups(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    isMutation: boolean,
    outerNodes: (identity: string) => readonly FieldNode[] = () => [],
  ): Group[] {
    const collected = collectFields(type.name, sets, this.#context, (node) => this.#names.identityOf(node, isMutation));
    return [...collected].flatMap(([identity, nodes]): Group[] => {
      const name = nodes[0]?.name.value ?? '';
      const definition = type.getFields()[name];
      if (!definition) return [];
      return [{ identity, name, nodes, scope: this.#scopeOf(definition.type, [...outerNodes(identity), ...nodes]) }];
    });
  }

  /** The selection set of a field; null for a leaf. */
  #scopeOf(type: GraphQLOutputType, nodes: readonly FieldNode[]): CanonicalSelectionSet | null {
    const named = getNamedType(type);
    return isCompositeType(named)
      ? this.#scope(
          named,
          nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
        )
      : null;
  }

  #fieldSource(key: string, { name, identity, scope }: Group): string {
    return `${key === name ? '' : `${key}: `}${this.#names.sourceOf(identity)}${scope?.source ?? ''}`;
  }

  /**
   * The part of a field's type that must be equal if different object types use the same response key.
   * GraphQL specification, 5.3.2 SameResponseShape: https://spec.graphql.org/October2021/#SameResponseShape()
   */
  #shapeOf(type: GraphQLCompositeType, field: string): string {
    const definition = isUnionType(type) ? undefined : type.getFields()[field];
    if (!definition) return '';
    const named = getNamedType(definition.type);
    return String(definition.type).replace(named.name, isCompositeType(named) ? '' : named.name);
  }

  /** The object types that match both a type condition and its parent type. */
  #objectTypes(condition: string, parent: GraphQLCompositeType): readonly GraphQLObjectType[] {
    const type = this.#schema.getType(condition);
    const objects = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
    return objects.filter(({ name }) => this.#context.isOfType(name, parent.name));
  }

  /**
   * Whether the type, or a type condition in the selection sets, is an interface that a subgraph defines as an object
   * type.
   */
  #hasInterfaceObject(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): boolean {
    if (this.#graph.isInterfaceObject(type.name)) return true;
    const seen = new Set<string>();
    const visit = ({ selections }: SelectionSetNode): boolean =>
      selections.some((selection) => {
        if (selection.kind === Kind.FIELD) return false;
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          if (seen.has(selection.name.value)) return false;
          seen.add(selection.name.value);
        }
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#context.fragments.get(selection.name.value);
        if (!fragment) return false;
        const condition = fragment.typeCondition?.name.value;
        return (condition !== undefined && this.#graph.isInterfaceObject(condition)) || visit(fragment.selectionSet);
      });
    return sets.some(visit);
  }

  #idOf(set: SelectionSetNode): number {
    let id = this.#ids.get(set);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(set, id);
    }
    return id;
  }
}

/** Adds the probe fields, each under a separate key. See `GraphFields.probesOf`. */
function withProbes(
  scope: CanonicalSelectionSet,
  probes: ReadonlyMap<string, string>,
  separator: string,
): CanonicalSelectionSet {
  if (probes.size === 0) return scope;
  const fragments = [...probes].map(([type, field]) => `... on ${type} { ${field}${separator}${type}: ${field} }`);
  return { ...scope, source: `${scope.source.slice(0, -2)} ${fragments.join(' ')} }`, size: scope.size + probes.size };
}

const selectionSetOf = (parts: readonly string[]): string =>
  parts.length > 0 ? ` { ${parts.join(' ')} }` : ' { __typename }';

/** The types that select a field with the same type and selection set, by field identity and variant. */
type Variants = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

const variantIndex = (variants: Variants, { identity }: Group, { name }: GraphQLObjectType): number =>
  [...(variants.get(identity)?.values() ?? [])].findIndex((names) => names.includes(name));
