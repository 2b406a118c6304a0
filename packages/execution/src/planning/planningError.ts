/** Why an operation has no plan. */
export type PlanningFailure =
  /** Planning exceeds a limit. */
  | 'TOO_COMPLEX'
  /** The planner is overloaded or shutting down. */
  | 'BUSY'
  /** The planner failed. */
  | 'FAILED';

/** An operation could not be planned. The message may be sent to clients, except for `FAILED`. */
export class PlanningError extends Error {
  readonly failure: PlanningFailure;

  constructor(failure: PlanningFailure, message: string) {
    super(message);
    this.name = 'PlanningError';
    this.failure = failure;
  }
}
