import { type DirectiveNode, type GraphQLSchema, isEnumType, isInterfaceType } from 'graphql';

const NONE: ReadonlySet<string> = new Set();

/** The interfaces that a subgraph holds as object types, as the supergraph tells (`@interfaceObject`): from there, they are names of types. */
export function interfaceObjectsOf(supergraph: GraphQLSchema): (service: string) => ReadonlySet<string> {
  const graphs = supergraph.getType('join__Graph');
  const serviceOf = new Map(
    isEnumType(graphs)
      ? graphs.getValues().map(({ name, astNode }) => [
          name,
          argumentOf(
            astNode?.directives?.find((directive) => directive.name.value === 'join__graph'),
            'name',
          ),
        ])
      : [],
  );
  const byService = new Map<string, Set<string>>();
  for (const type of Object.values(supergraph.getTypeMap()).filter(isInterfaceType)) {
    for (const directive of type.astNode?.directives ?? []) {
      if (directive.name.value !== 'join__type' || argumentOf(directive, 'isInterfaceObject') !== true) continue;
      const service = String(serviceOf.get(String(argumentOf(directive, 'graph'))));
      byService.set(service, (byService.get(service) ?? new Set()).add(type.name));
    }
  }
  return (service) => byService.get(service) ?? NONE;
}

function argumentOf(directive: DirectiveNode | undefined, argument: string): string | boolean | undefined {
  const value = directive?.arguments?.find(({ name }) => name.value === argument)?.value;
  return value && 'value' in value ? value.value : undefined;
}
