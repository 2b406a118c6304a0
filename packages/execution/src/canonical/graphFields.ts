import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { argumentOf, directivesNamed, stringArgumentOf } from '../supergraph/joinDirectives.js';

/** Facts about the fields of a supergraph that its API schema does not show; needed to canonicalize operations. */
export interface GraphFields {
  /**
   * Separates a field's name from a suffix in canonical response keys. Does not occur in any field name of the graph.
   */
  separator: string;
  /** Whether any field of this name has arguments. */
  takesArguments: (field: string) => boolean;
  /**
   * Whether any `@provides` names this field. If so, a subgraph may resolve it on an interface only, not on its object
   * types.
   */
  isProvided: (field: string) => boolean;
  /** Whether every subgraph that defines the type resolves the field. */
  isEverywhere: (type: string, field: string) => boolean;
  /**
   * For a root field whose subgraph only knows the key of the object it returns: by object type, a field of another
   * subgraph. Fetching it shows whether the object exists. Empty for other root fields.
   */
  probesOf: (rootField: string) => ReadonlyMap<string, string>;
  /**
   * Whether a subgraph defines the interface as an object type (`@interfaceObject`) and so does not know the concrete
   * types.
   */
  isInterfaceObject: (type: string) => boolean;
}

/**
 * Reads `@join__type` and `@join__field` of a supergraph.
 * Join specification: https://specs.apollo.dev/join/v0.3/
 */
export function graphFields(supergraph: GraphQLSchema): GraphFields {
  const withArguments = new Set<string>();
  const partial = new Set<string>();
  const interfaceObjects = new Set<string>();
  const provided = new Set<string>();
  const probes = probesByRootField(supergraph);
  let separator = '__';
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    const graphs = new Set(
      directivesNamed(type.astNode?.directives, 'join__type').map((directive) => argumentOf(directive, 'graph')),
    );
    if (
      directivesNamed(type.astNode?.directives, 'join__type').some(
        (directive) => argumentOf(directive, 'isInterfaceObject') === true,
      )
    )
      interfaceObjects.add(type.name);
    for (const field of Object.values(type.getFields())) {
      if (field.args.length > 0) withArguments.add(field.name);
      while (field.name.includes(separator)) separator += '_';
      const joins = directivesNamed(field.astNode?.directives, 'join__field');
      for (const join of joins)
        for (const [word] of String(argumentOf(join, 'provides') ?? '').matchAll(/\w+/g)) provided.add(word);
      const resolving = new Set(
        joins
          .filter((directive) => argumentOf(directive, 'external') !== true)
          .map((directive) => argumentOf(directive, 'graph')),
      );
      if (joins.length > 0 && [...graphs].some((graph) => !resolving.has(graph)))
        partial.add(`${type.name}.${field.name}`);
    }
  }
  return {
    separator,
    takesArguments: (field) => withArguments.has(field),
    isProvided: (field) => provided.has(field),
    isEverywhere: (type, field) => !partial.has(`${type}.${field}`),
    isInterfaceObject: (type) => interfaceObjects.has(type),
    probesOf: (rootField) => probes.get(rootField) ?? NONE,
  };
}

const NONE: ReadonlyMap<string, string> = new Map();

function probesByRootField(supergraph: GraphQLSchema): Map<string, ReadonlyMap<string, string>> {
  const probes = new Map<string, ReadonlyMap<string, string>>();
  for (const rootField of Object.values(supergraph.getQueryType()?.getFields() ?? {})) {
    const type = getNamedType(rootField.type);
    if (!isCompositeType(type)) continue;
    const graphs = graphsOf(rootField, supergraph.getQueryType());
    const byType = new Map<string, string>();
    for (const object of isAbstractType(type) ? supergraph.getPossibleTypes(type) : isObjectType(type) ? [type] : []) {
      const probe =
        graphs.size > 0 && [...graphs].every((graph) => isStub(object, graph)) ? probeOf(object) : undefined;
      if (probe) byType.set(object.name, probe);
    }
    if (byType.size > 0) probes.set(rootField.name, byType);
  }
  return probes;
}

/** Whether a subgraph only declares a type by a key that it does not resolve. */
function isStub(type: GraphQLObjectType, graph: string): boolean {
  const joins = directivesNamed(type.astNode?.directives, 'join__type').filter(
    (directive) => argumentOf(directive, 'graph') === graph,
  );
  return joins.length > 0 && joins.every((directive) => argumentOf(directive, 'resolvable') === false);
}

/** A leaf field without arguments that only one subgraph resolves: the one with the most such fields of the type. */
function probeOf(type: GraphQLObjectType): string | undefined {
  const resolving = directivesNamed(type.astNode?.directives, 'join__type').filter(
    (directive) => argumentOf(directive, 'key') !== undefined && argumentOf(directive, 'resolvable') !== false,
  );
  const exclusive = new Map<string, GraphQLField<unknown, unknown>[]>();
  for (const field of Object.values(type.getFields())) {
    const [graph, ...others] = graphsOf(field, type);
    if (
      graph !== undefined &&
      others.length === 0 &&
      resolving.some((directive) => argumentOf(directive, 'graph') === graph)
    )
      exclusive.set(graph, [...(exclusive.get(graph) ?? []), field]);
  }
  const [ownFields] = [...exclusive.values()].sort((one, other) => other.length - one.length);
  return ownFields?.find(({ type: value, args }) => isLeafType(getNamedType(value)) && args.length === 0)?.name;
}

/** The subgraphs that resolve a field; without `@join__field`, all that define its type. */
function graphsOf(field: GraphQLField<unknown, unknown>, owner: GraphQLObjectType | null | undefined): Set<string> {
  const joins = directivesNamed(field.astNode?.directives, 'join__field').filter(
    (directive) => argumentOf(directive, 'external') !== true,
  );
  const applicable = joins.length > 0 ? joins : directivesNamed(owner?.astNode?.directives, 'join__type');
  return new Set(applicable.flatMap((directive) => stringArgumentOf(directive, 'graph') ?? []));
}
