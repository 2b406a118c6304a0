import type { GraphQLFormattedError } from 'graphql';
import type { Tree } from './tree.js';
import type { IsOfType } from './typeConditions.js';
import type { AskSubgraph } from './types.js';

/** One run of a plan: what has been brought so far, and what went wrong. */
export interface Run {
  tree: Tree;
  errors: GraphQLFormattedError[];
  /** As the client gave them. */
  given: Readonly<Record<string, unknown>>;
  /** With their defaults. */
  variables: Readonly<Record<string, unknown>>;
  ask: AskSubgraph;
  isOfType: IsOfType;
}
