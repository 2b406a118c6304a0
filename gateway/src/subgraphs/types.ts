import type { GraphQLDataSource } from '@apollo/gateway';

/** A fetch from a subgraph, and the response to it, as Apollo's data sources define them. */
export type SubgraphRequest = Parameters<GraphQLDataSource['process']>[0];
export type SubgraphResponse = Awaited<ReturnType<GraphQLDataSource['process']>>;

export interface SubgraphError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
}
