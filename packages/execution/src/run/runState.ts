import type { ObjMap } from '@dossier/graphql';
import type { GraphQLFormattedError } from 'graphql';
import type { IsOfType } from '../typeConditions.js';
import type { CallSubgraph } from './requests.js';

/** The state of one run of a plan. */
export interface RunState {
  /** Merged data of the fetches so far. */
  data: ObjMap;
  errors: GraphQLFormattedError[];
  /** The variables of the request, as the client sent them. */
  variables: Readonly<Record<string, unknown>>;
  /** The client's name of each variable, by its name in the plan. */
  variableNames: ReadonlyMap<string, string>;
  callSubgraph: CallSubgraph;
  isOfType: IsOfType;
  /** Objects for which an entity fetch returned nothing. */
  missing: Map<ObjMap, MissingEntity>;
}

interface MissingEntity {
  /** Keys of the representation: fields that only identify the object. */
  keys: Set<string>;
  /** Whether a fetch failed, so that the object may exist. */
  hasFailed: boolean;
}
