import type { QueryPlan } from '@apollo/query-planner';
import type { PlanningFailure } from './planningError.js';

/** What a planner's thread is started with. */
export interface PlannerData {
  supergraphSdl: string;
  /** Divides a field's name from what is added to it; see GraphFields. */
  separator: string;
  maxEvaluatedPlans: number;
  maxPaths: number;
}

/** What it is asked. */
export interface PlanRequest {
  id: number;
  source: string;
  /** Labels of `@override` that apply. */
  overrides: readonly string[];
}

/** What it answers: first that it is ready, or why it cannot be; then each plan. */
export type PlannerMessage =
  | { kind: 'ready'; apiSdl: string }
  | { kind: 'unusable'; message: string }
  | { kind: 'planned'; id: number; plan: QueryPlan; milliseconds: number }
  | { kind: 'rejected'; id: number; failure: PlanningFailure; message: string };
