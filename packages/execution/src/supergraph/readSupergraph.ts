import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

/** The API schema and the subgraphs of a supergraph. For tools: a gateway reads them in the planner's thread. */
export interface SupergraphInfo {
  apiSchema: GraphQLSchema;
  subgraphs: readonly { name: string; url: string }[];
}

/** Reads a supergraph. Throws an Error with the reason if the SDL is not a supergraph. */
export function readSupergraph(supergraphSdl: string): SupergraphInfo {
  const supergraph = Supergraph.build(supergraphSdl);
  return { apiSchema: supergraph.apiSchema().toGraphQLJSSchema(), subgraphs: supergraph.subgraphsMetadata() };
}
