import type { GraphQLDataSource } from '@apollo/gateway';

/** What the gateway asks of a subgraph, and what it is given. */
export type SubgraphRequest = Parameters<GraphQLDataSource['process']>[0];
export type SubgraphResponse = Awaited<ReturnType<GraphQLDataSource['process']>>;

export interface SubgraphError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
}
