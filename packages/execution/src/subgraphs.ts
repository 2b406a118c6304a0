import { type GraphQLSchema, isEnumType } from 'graphql';

/** Name and URL of each subgraph of a supergraph. */
export function subgraphsOf(supergraph: GraphQLSchema): { name: string; url: string }[] {
  const graphs = supergraph.getType('join__Graph');
  if (!isEnumType(graphs)) return [];
  return graphs.getValues().map(({ name, astNode }) => {
    const read = (argument: string): string | undefined => {
      const value = astNode?.directives
        ?.find((directive) => directive.name.value === 'join__graph')
        ?.arguments?.find((given) => given.name.value === argument)?.value;
      return value?.kind === 'StringValue' ? value.value : undefined;
    };
    return { name: read('name') ?? name, url: read('url') ?? '' };
  });
}
