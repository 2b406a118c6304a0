import type { ObjMap } from '@dossier/graphql';
import type { GraphQLFormattedError } from 'graphql';

/** A request to a subgraph. */
export interface SubgraphRequest {
  query: string;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/** A subgraph's response. Paths of errors start at the fetch: at `_entities` for an entity fetch. */
export interface SubgraphResponse {
  data?: ObjMap | null | undefined;
  errors?: readonly GraphQLFormattedError[] | undefined;
}

/**
 * Sends a request to a subgraph. Never rejects: if a subgraph does not respond, the response has null at every field
 * that was selected, and an error at its path.
 */
export type CallSubgraph = (service: string, request: SubgraphRequest) => Promise<SubgraphResponse>;

/** The response to a client. */
export interface GraphQLResponse {
  data?: ObjMap | null;
  errors?: GraphQLFormattedError[];
}
