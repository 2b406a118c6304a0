import type { QueryPlan } from '@apollo/query-planner';
import type { PlanningFailure } from './planningError.js';

/** Worker data of the planner's thread. */
export interface PlannerData {
  supergraphSdl: string;
  /** See GraphFields. */
  separator: string;
  maxEvaluatedPlans: number;
  maxPaths: number;
}

/** A message to the planner's thread. */
export interface PlanRequest {
  id: number;
  source: string;
  /** `@override` labels that apply. */
  overrides: readonly string[];
}

/** A message from the planner's thread: first `ready` or `unusable`, then one for each request. */
export type PlannerMessage =
  | { kind: 'ready'; apiSdl: string }
  | { kind: 'unusable'; message: string }
  | { kind: 'planned'; id: number; plan: QueryPlan; milliseconds: number }
  | { kind: 'rejected'; id: number; failure: PlanningFailure; message: string };
