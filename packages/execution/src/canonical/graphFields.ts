import { type DirectiveNode, type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';

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
  /** Whether a subgraph holds the interface as an object type (`@interfaceObject`), so that it cannot tell its concrete types apart. */
  isInterfaceObject: (type: string) => boolean;
}

/** Read from the supergraph: which subgraph has what stands there in `@join__type` and `@join__field`. */
export function graphFields(supergraph: GraphQLSchema): GraphFields {
  const withArguments = new Set<string>();
  const partial = new Set<string>();
  const interfaceObjects = new Set<string>();
  const provided = new Set<string>();
  let separator = '__';
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (type.name.startsWith('__') || !(isObjectType(type) || isInterfaceType(type))) continue;
    const graphs = new Set(namedDirectives(type.astNode?.directives, 'join__type').map((directive) => argumentOf(directive, 'graph')));
    if (namedDirectives(type.astNode?.directives, 'join__type').some((directive) => argumentOf(directive, 'isInterfaceObject') === true)) interfaceObjects.add(type.name);
    for (const field of Object.values(type.getFields())) {
      if (field.args.length > 0) withArguments.add(field.name);
      while (field.name.includes(separator)) separator += '_';
      const joins = namedDirectives(field.astNode?.directives, 'join__field');
      for (const join of joins) for (const [word] of String(argumentOf(join, 'provides') ?? '').matchAll(/\w+/g)) provided.add(word);
      const resolving = new Set(joins.filter((directive) => argumentOf(directive, 'external') !== true).map((directive) => argumentOf(directive, 'graph')));
      if (joins.length > 0 && [...graphs].some((graph) => !resolving.has(graph))) partial.add(`${type.name}.${field.name}`);
    }
  }
  return {
    separator,
    takesArguments: (field) => withArguments.has(field),
    isProvided: (field) => provided.has(field),
    isEverywhere: (type, field) => !partial.has(`${type}.${field}`),
    isInterfaceObject: (type) => interfaceObjects.has(type),
  };
}

const namedDirectives = (directives: readonly DirectiveNode[] | undefined, name: string): DirectiveNode[] => (directives ?? []).filter((directive) => directive.name.value === name);

function argumentOf(directive: DirectiveNode, name: string): string | boolean | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value && 'value' in value ? value.value : undefined;
}
