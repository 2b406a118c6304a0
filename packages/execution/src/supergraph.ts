import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

/** What a supergraph says, for tools: a running gateway leaves reading it to the planner's thread. */
export interface SupergraphInfo {
  apiSchema: GraphQLSchema;
  subgraphs: readonly { name: string; url: string }[];
}

/** Reads a supergraph. Throws an Error that says why if the SDL is none. */
export function readSupergraph(supergraphSdl: string): SupergraphInfo {
  const supergraph = Supergraph.build(supergraphSdl);
  return { apiSchema: supergraph.apiSchema().toGraphQLJSSchema(), subgraphs: supergraph.subgraphsMetadata() };
}
