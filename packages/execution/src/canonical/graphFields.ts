import {
  type DirectiveNode,
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

/** What rewriting an operation has to know of the composed graph beyond its API schema. */
export interface GraphFields {
  /** Divides a field's name from what is added to it in a canonical response key; no field of the graph has it in its name. */
  separator: string;
  /** Whether a field of this name takes arguments anywhere in the graph. */
  takesArguments: (field: string) => boolean;
  /** Whether a field of this name stands in any `@provides`: there, a subgraph may resolve it on an interface and not on the types of that. */
  isProvided: (field: string) => boolean;
  /** Whether every subgraph that has the type can resolve the field of it. */
  isEverywhere: (type: string, field: string) => boolean;
  /**
   * For a root field that may give an object of which its subgraph knows the key alone: by type, a field that another
   * subgraph has to be asked for, which then tells whether there is such an object.
   */
  probesOf: (rootField: string) => ReadonlyMap<string, string>;
  /** Whether a subgraph holds the interface as an object type (`@interfaceObject`), so that it cannot tell its concrete types apart. */
  isInterfaceObject: (type: string) => boolean;
}

/** Read from the supergraph: which subgraph has what stands there in `@join__type` and `@join__field`. */
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
      namedDirectives(type.astNode?.directives, 'join__type').map((directive) => argumentOf(directive, 'graph')),
    );
    if (
      namedDirectives(type.astNode?.directives, 'join__type').some(
        (directive) => argumentOf(directive, 'isInterfaceObject') === true,
      )
    )
      interfaceObjects.add(type.name);
    for (const field of Object.values(type.getFields())) {
      if (field.args.length > 0) withArguments.add(field.name);
      while (field.name.includes(separator)) separator += '_';
      const joins = namedDirectives(field.astNode?.directives, 'join__field');
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

/** See `probesOf`. */
function probesByRootField(supergraph: GraphQLSchema): Map<string, ReadonlyMap<string, string>> {
  const probes = new Map<string, ReadonlyMap<string, string>>();
  for (const rootField of Object.values(supergraph.getQueryType()?.getFields() ?? {})) {
    const type = getNamedType(rootField.type);
    if (!isCompositeType(type)) continue;
    const graphs = graphsOf(rootField, supergraph.getQueryType());
    const ofField = new Map<string, string>();
    for (const object of isAbstractType(type) ? supergraph.getPossibleTypes(type) : isObjectType(type) ? [type] : []) {
      const probe =
        graphs.size > 0 && [...graphs].every((graph) => isStub(object, graph)) ? probeOf(object) : undefined;
      if (probe) ofField.set(object.name, probe);
    }
    if (ofField.size > 0) probes.set(rootField.name, ofField);
  }
  return probes;
}

/** Whether a subgraph knows nothing of a type but a key that it does not resolve. */
function isStub(type: GraphQLObjectType, graph: string): boolean {
  const joins = namedDirectives(type.astNode?.directives, 'join__type').filter(
    (directive) => argumentOf(directive, 'graph') === graph,
  );
  return joins.length > 0 && joins.every((directive) => argumentOf(directive, 'resolvable') === false);
}

/** A leaf without arguments that only the owner has: of the subgraphs that resolve the type, the one with the most fields of its own. */
function probeOf(type: GraphQLObjectType): string | undefined {
  const resolving = namedDirectives(type.astNode?.directives, 'join__type').filter(
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
  const [most] = [...exclusive.values()].sort((one, other) => other.length - one.length);
  return most?.find(({ type: value, args }) => isLeafType(getNamedType(value)) && args.length === 0)?.name;
}

/** The subgraphs that resolve a field. */
function graphsOf(field: GraphQLField<unknown, unknown>, owner: GraphQLObjectType | null | undefined): Set<string> {
  const joins = namedDirectives(field.astNode?.directives, 'join__field').filter(
    (directive) => argumentOf(directive, 'external') !== true,
  );
  const named = joins.length > 0 ? joins : namedDirectives(owner?.astNode?.directives, 'join__type');
  return new Set(
    named.flatMap((directive) =>
      typeof argumentOf(directive, 'graph') === 'string' ? [argumentOf(directive, 'graph') as string] : [],
    ),
  );
}

const namedDirectives = (directives: readonly DirectiveNode[] | undefined, name: string): DirectiveNode[] =>
  (directives ?? []).filter((directive) => directive.name.value === name);

function argumentOf(directive: DirectiveNode, name: string): string | boolean | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  // Names of subgraphs are enum values, which print as strings do.
  return value && 'value' in value ? value.value : undefined;
}
