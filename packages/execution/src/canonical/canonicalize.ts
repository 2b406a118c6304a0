import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { collectFields, isIncluded, type Selecting } from '../collect.js';
import { PlanningError } from '../planning/planningError.js';
import type { IsOfType } from '../typeConditions.js';
import type { GraphFields } from './graphFields.js';

/** Fields of a canonical operation at most: written out by type, a short document may become any size. */
const MAX_FIELDS = 20_000;

/** A field of the canonical operation: one key always means one field with one set of arguments. */
interface CanonicalField {
  key: string;
  /** What is selected on its objects; null for a leaf. */
  scope: CanonicalScope | null;
}

/** The canonical field that a node of the client's document selects on objects of a type. */
export interface CanonicalScope {
  field: (typename: string, node: FieldNode) => CanonicalField | undefined;
}

export interface CanonicalOperation {
  /** The operation as it is planned: without names that the client chose. Equal canonical operations share a plan. */
  source: string;
  /** Whether any field of it has to be asked of a subgraph. */
  isEmpty: boolean;
  /** The client's name of each variable, by its canonical one. */
  variables: ReadonlyMap<string, string>;
  root: CanonicalScope;
  /** The types for which a field of the root only tells with another subgraph whether there is such an object, by the field's key. */
  lookups: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface CanonicalOptions {
  schema: GraphQLSchema;
  graph: GraphFields;
  isOfType: IsOfType;
}

/**
 * Rewrites an operation for the planner. Response keys are derived from field and arguments, variables are numbered, what is
 * skipped is left out, and fragments are written out by object type, so that no name that a client chose can be taken for
 * another field, and equal operations under other names are equal. Leaves that only some subgraphs have are selected on each
 * object type: on an interface, the planner would weigh all combinations of its types.
 *
 * `variables` are those of `@skip` and `@include`, coerced. Throws PlanningError if it becomes too large.
 */
export function canonicalize(
  { schema, graph, isOfType }: CanonicalOptions,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): CanonicalOperation {
  const selecting: Selecting = { fragments, variables, isOfType };
  const names = new CanonicalNames(graph, operation);
  const writer = new Writer(schema, graph, selecting, names);
  const rootType = schema.getRootType(operation.operation) as GraphQLObjectType;
  const root = writer.root(rootType, operation.selectionSet, operation.operation === OperationTypeNode.MUTATION);
  const definitions = names.definitions(operation);
  return {
    source: `${operation.operation}${definitions}${root.text}`,
    isEmpty: root.isEmpty,
    variables: names.variables,
    root,
    lookups: writer.lookups,
  };
}

/** Gives variables and response keys their canonical names, in the order in which they are first met. */
class CanonicalNames {
  /** The client's name by the canonical one. */
  readonly variables = new Map<string, string>();
  readonly #canonical = new Map<string, string>();
  readonly #identities = new WeakMap<FieldNode, string>();
  readonly #keys = new Map<string, Map<string, string>>();
  readonly #graph: GraphFields;
  readonly #declared: ReadonlySet<string>;

  constructor(graph: GraphFields, operation: OperationDefinitionNode) {
    this.#graph = graph;
    this.#declared = new Set((operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value));
  }

  /** Which field with which arguments a node selects. Each field of a mutation's root is run, so that there its response key counts too. */
  identityOf(node: FieldNode, isMutation = false): string {
    let identity = this.#identities.get(node);
    if (identity === undefined) {
      const args = [...(node.arguments ?? [])]
        .sort((one, other) => (one.name.value < other.name.value ? -1 : 1))
        .map(({ name, value }) => `${name.value}: ${this.#value(value)}`);
      const directives = (node.directives ?? []).filter(
        ({ name }) => name.value !== 'skip' && name.value !== 'include',
      );
      const applied = directives.map(
        (directive) =>
          ` @${directive.name.value}${(directive.arguments ?? []).length > 0 ? `(${(directive.arguments ?? []).map(({ name, value }) => `${name.value}: ${this.#value(value)}`).join(', ')})` : ''}`,
      );
      identity = `${node.name.value}${args.length > 0 ? `(${args.join(', ')})` : ''}${applied.join('')}`;
      this.#identities.set(node, identity);
    }
    return isMutation ? `${identity}\n${(node.alias ?? node.name).value}` : identity;
  }

  /** The field as it is written after its key. */
  writtenOf = (identity: string): string => identity.split('\n', 1)[0] as string;

  keyOf(name: string, identity: string): string {
    if (identity === name && !this.#graph.takesArguments(name)) return name;
    let keys = this.#keys.get(name);
    if (!keys) {
      keys = new Map();
      this.#keys.set(name, keys);
    }
    let key = keys.get(identity);
    if (key === undefined) {
      key = `${name}${this.#graph.separator}${keys.size}`;
      keys.set(identity, key);
    }
    return key;
  }

  definitions({ variableDefinitions = [] }: OperationDefinitionNode): string {
    const byName = new Map(variableDefinitions.map((definition) => [definition.variable.name.value, definition]));
    const used = [...this.variables].map(([canonical, name]) => {
      const definition = byName.get(name);
      return definition
        ? `$${canonical}: ${print(definition.type)}${definition.defaultValue ? ` = ${print(definition.defaultValue)}` : ''}`
        : '';
    });
    return used.length > 0 ? `(${used.join(', ')})` : '';
  }

  #value(value: ValueNode): string {
    switch (value.kind) {
      case Kind.VARIABLE:
        return `$${this.#variable(value.name.value)}`;
      case Kind.LIST:
        return `[${value.values.map((entry) => this.#value(entry)).join(', ')}]`;
      case Kind.OBJECT:
        return `{${value.fields.map((field) => `${field.name.value}: ${this.#value(field.value)}`).join(', ')}}`;
      case Kind.STRING:
        // A block string has line breaks, which divide a mutation's identity from its key.
        return JSON.stringify(value.value);
      default:
        return print(value);
    }
  }

  #variable(name: string): string {
    let canonical = this.#canonical.get(name);
    if (canonical === undefined) {
      canonical = `v${this.#canonical.size}`;
      this.#canonical.set(name, canonical);
      if (this.#declared.has(name)) this.variables.set(canonical, name);
    }
    return canonical;
  }
}

/** A selection set as it is written, and what is known of its fields. */
interface WrittenScope extends CanonicalScope {
  text: string;
  /** Fields of it, those within fields included. */
  size: number;
  isEmpty: boolean;
}

interface Group {
  identity: string;
  name: string;
  nodes: FieldNode[];
  scope: WrittenScope | null;
}

class Writer {
  readonly #schema: GraphQLSchema;
  readonly #graph: GraphFields;
  readonly #selecting: Selecting;
  readonly #names: CanonicalNames;
  readonly #scopes = new Map<string, WrittenScope>();
  readonly #ids = new Map<SelectionSetNode, number>();
  /** See CanonicalOperation. */
  readonly lookups = new Map<string, ReadonlyMap<string, string>>();

  constructor(schema: GraphQLSchema, graph: GraphFields, selecting: Selecting, names: CanonicalNames) {
    this.#schema = schema;
    this.#graph = graph;
    this.#selecting = selecting;
    this.#names = names;
  }

  root(type: GraphQLObjectType, set: SelectionSetNode, isMutation: boolean): WrittenScope {
    return this.#object(type, [set], isMutation, true);
  }

  #scope(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): WrittenScope {
    const key = `${type.name} ${sets.map((set) => this.#idOf(set)).join()}`;
    let scope = this.#scopes.get(key);
    if (!scope) {
      scope = isObjectType(type)
        ? this.#object(type, sets)
        : this.#holdsInterfaceObject(type, sets)
          ? this.#asWritten(type, sets)
          : this.#abstract(type, sets);
      if (scope.size > MAX_FIELDS)
        throw new PlanningError(
          'TOO_COMPLEX',
          `The operation has more than ${MAX_FIELDS} fields when fragments on interfaces and unions are written out for each object type.`,
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
  ): WrittenScope {
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
      parts.push(this.#write(key, group));
      size += 1 + (group.scope?.size ?? 0);
    }
    return {
      text: setOf(parts),
      size,
      isEmpty: parts.length === 0,
      field: (_typename, node) => fields.get(this.#names.identityOf(node, isMutation)),
    };
  }

  /** Written out by object type: what is the same for all of them stands on the abstract type, if it can be planned there. */
  #abstract(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): WrittenScope {
    const possible = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [];
    const byType = new Map<string, Map<string, CanonicalField>>(possible.map(({ name }) => [name, new Map()]));
    const variants = new Map<string, Map<string, string[]>>();
    const groupsOf = new Map(possible.map((object) => [object.name, this.#groups(object, sets, false)]));
    for (const object of possible) {
      for (const group of groupsOf.get(object.name) ?? []) {
        const ofIdentity = variants.get(group.identity) ?? new Map<string, string[]>();
        variants.set(group.identity, ofIdentity);
        const variant = `${this.#shapeOf(object, group.name)} ${group.scope?.text ?? ''}`;
        ofIdentity.set(variant, [...(ofIdentity.get(variant) ?? []), object.name]);
      }
    }
    const parts: string[] = [];
    const partsOf = new Map<string, string[]>(possible.map(({ name }) => [name, []]));
    const shared = new Set<string>();
    let size = 0;
    for (const object of possible) {
      for (const group of groupsOf.get(object.name) ?? []) {
        const ofIdentity = variants.get(group.identity) as Map<string, string[]>;
        const index = [...ofIdentity.values()].findIndex((names) => names.includes(object.name));
        const base = this.#names.keyOf(group.name, group.identity);
        const key = index === 0 ? base : `${base}${this.#graph.separator}v${index}`;
        byType.get(object.name)?.set(group.identity, { key, scope: group.scope });
        const isUniform = ofIdentity.size === 1 && [...ofIdentity.values()][0]?.length === possible.length;
        if (isUniform && this.#mayStandOn(type, group, possible)) {
          if (shared.has(group.identity)) continue;
          shared.add(group.identity);
          parts.push(this.#write(key, group));
        } else partsOf.get(object.name)?.push(this.#write(key, group));
        size += 1 + (group.scope?.size ?? 0);
      }
    }
    for (const [name, own] of partsOf) if (own.length > 0) parts.push(`... on ${name}${setOf(own)}`);
    return {
      text: setOf(parts),
      size,
      isEmpty: parts.length === 0,
      field: (typename, node) => byType.get(typename)?.get(this.#names.identityOf(node)),
    };
  }

  /** Whether a field is to be selected on an abstract type itself. */
  #mayStandOn(
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
    // An object type may narrow the type of the field, and with it what can be selected.
    if (possible.some((object) => getNamedType(object.getFields()[name]?.type) !== getNamedType(field.type)))
      return false;
    if (scope !== null || this.#graph.isProvided(name) || this.#graph.isEverywhere(type.name, name)) return true;
    return possible.every((object) => this.#graph.isEverywhere(object.name, name));
  }

  /**
   * With the fields of an interface on it: a subgraph that holds it as an object type cannot tell the concrete types of its
   * objects. Only what is selected of narrower types is written out by object type.
   */
  #asWritten(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): WrittenScope {
    const fields = new Map<string, CanonicalField>();
    const parts: string[] = [];
    const conditions = new Map<GraphQLObjectType, SelectionSetNode[]>();
    let size = 0;
    const groups = new Map<string, Group>();
    const visit = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (!isIncluded(selection, this.#selecting)) continue;
        if (selection.kind === Kind.FIELD) {
          const identity = this.#names.identityOf(selection);
          const group = groups.get(identity);
          if (group) group.nodes.push(selection);
          else groups.set(identity, { identity, name: selection.name.value, nodes: [selection], scope: null });
          continue;
        }
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#selecting.fragments.get(selection.name.value);
        if (!fragment) continue;
        const condition = fragment.typeCondition?.name.value ?? type.name;
        if (this.#selecting.isOfType(type.name, condition)) visit(fragment.selectionSet);
        // The planner fails at a narrower interface that the subgraph holds as an object type, too.
        else
          for (const object of this.#objectTypes(condition, type))
            conditions.set(object, [...(conditions.get(object) ?? []), fragment.selectionSet]);
      }
    };
    sets.forEach(visit);
    for (const group of groups.values()) {
      const definition = isInterfaceType(type) || isObjectType(type) ? type.getFields()[group.name] : undefined;
      const named = definition && getNamedType(definition.type);
      const scope =
        named && isCompositeType(named)
          ? this.#scope(
              named,
              group.nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
            )
          : null;
      if (!definition && group.name !== '__typename') continue;
      const key = this.#names.keyOf(group.name, group.identity);
      fields.set(group.identity, { key, scope });
      parts.push(this.#write(key, { ...group, scope }));
      size += 1 + (scope?.size ?? 0);
    }
    const scopes = [...conditions].map(([object, within]) => ({ type: object, scope: this.#scope(object, within) }));
    for (const { type: condition, scope } of scopes) {
      if (!scope.isEmpty) parts.push(`... on ${condition.name}${scope.text}`);
      size += scope.size;
    }
    const field = (typename: string, node: FieldNode): CanonicalField | undefined => {
      const applying = scopes.flatMap(({ type: condition, scope }) =>
        this.#selecting.isOfType(typename, condition.name) ? (scope.field(typename, node) ?? []) : [],
      );
      const own = fields.get(this.#names.identityOf(node));
      return own && applying.length > 0
        ? { key: own.key, scope: bothScopes([own, ...applying].flatMap(({ scope }) => scope ?? [])) }
        : (own ?? applying[0]);
    };
    return { text: setOf(parts), size, isEmpty: parts.length === 0, field };
  }

  /** The fields of an object type, each with all nodes that select it with these arguments. Names of types, and introspection, need no subgraph. */
  #groups(type: GraphQLObjectType, sets: readonly SelectionSetNode[], isMutation: boolean): Group[] {
    const collected = collectFields(type.name, sets, this.#selecting, (node) =>
      this.#names.identityOf(node, isMutation),
    );
    return [...collected].flatMap(([identity, nodes]): Group[] => {
      const name = nodes[0]?.name.value ?? '';
      const definition = type.getFields()[name];
      if (!definition) return [];
      const named = getNamedType(definition.type);
      const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      return [{ identity, name, nodes, scope: isCompositeType(named) ? this.#scope(named, below) : null }];
    });
  }

  #write(key: string, { name, identity, scope }: Group): string {
    return `${key === name ? '' : `${key}: `}${this.#names.writtenOf(identity)}${scope?.text ?? ''}`;
  }

  /** Fields of different types are answered under one key only if these agree (GraphQL, 5.3.2 SameResponseShape). */
  #shapeOf(type: GraphQLObjectType, field: string): string {
    const definition = type.getFields()[field];
    if (!definition) return '';
    const named = getNamedType(definition.type);
    return String(definition.type).replace(named.name, isCompositeType(named) ? '' : named.name);
  }

  /** The object types of a type condition that objects of another type may have. */
  #objectTypes(condition: string, within: GraphQLCompositeType): readonly GraphQLObjectType[] {
    const type = this.#schema.getType(condition);
    const objects = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
    return objects.filter(({ name }) => this.#selecting.isOfType(name, within.name));
  }

  #holdsInterfaceObject(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): boolean {
    if (this.#graph.isInterfaceObject(type.name)) return true;
    const seen = new Set<string>();
    const look = ({ selections }: SelectionSetNode): boolean =>
      selections.some((selection) => {
        if (selection.kind === Kind.FIELD) return false;
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          if (seen.has(selection.name.value)) return false;
          seen.add(selection.name.value);
        }
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#selecting.fragments.get(selection.name.value);
        if (!fragment) return false;
        const condition = fragment.typeCondition?.name.value;
        return (condition !== undefined && this.#graph.isInterfaceObject(condition)) || look(fragment.selectionSet);
      });
    return sets.some(look);
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

/** A selection set that also selects a field of each type that tells whether there is such an object, under a key of its own. */
function withProbes(scope: WrittenScope, probes: ReadonlyMap<string, string>, separator: string): WrittenScope {
  if (probes.size === 0) return scope;
  const written = [...probes].map(([type, field]) => `... on ${type} { ${field}${separator}${type}: ${field} }`);
  return { ...scope, text: `${scope.text.slice(0, -2)} ${written.join(' ')} }`, size: scope.size + probes.size };
}

const setOf = (parts: readonly string[]): string => (parts.length > 0 ? ` { ${parts.join(' ')} }` : ' { __typename }');

const bothScopes = (scopes: readonly CanonicalScope[]): CanonicalScope | null =>
  scopes.length === 0
    ? null
    : {
        field: (typename, node) => {
          for (const scope of scopes) {
            const field = scope.field(typename, node);
            if (field) return field;
          }
          return undefined;
        },
      };
