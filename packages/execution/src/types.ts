import type { GraphQLFormattedError } from 'graphql';
import type { Tree } from './tree.js';

/** What is asked of a subgraph. */
export interface SubgraphRequest {
  query: string;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/** What a subgraph answered. Paths of errors begin at the fetch: at `_entities` for an entity fetch. */
export interface SubgraphAnswer {
  data?: Tree | null | undefined;
  errors?: readonly GraphQLFormattedError[] | undefined;
}

/**
 * Asks one subgraph. It does not throw: a subgraph that gives no answer gives null at every field asked for, and an
 * error at its path.
 */
export type AskSubgraph = (service: string, request: SubgraphRequest) => Promise<SubgraphAnswer>;

export interface Answer {
  data?: Tree | null;
  errors?: GraphQLFormattedError[];
}
