import type { GraphQLFormattedError } from 'graphql';
import type { Tree } from './tree.js';
import type { IsOfType } from './typeConditions.js';
import type { AskSubgraph } from './types.js';

/** One run of a plan: what has been brought so far, and what went wrong. */
export interface Run {
  tree: Tree;
  errors: GraphQLFormattedError[];
  /** The variables of the request, as the client sent them. */
  given: Readonly<Record<string, unknown>>;
  /** The client's name of each variable, by the one that it has in the plan. */
  variableNames: ReadonlyMap<string, string>;
  ask: AskSubgraph;
  isOfType: IsOfType;
  /** Objects for which an entity fetch brought nothing, with the keys that the fetch was made with. */
  missing: Map<Tree, Missing>;
}

interface Missing {
  /** Fields that only identify the object. */
  keys: Set<string>;
  /** Whether a fetch failed, so that the object may exist. */
  hasFailed: boolean;
}
