/** Why an operation has no plan. */
export type PlanningFailure =
  /** It cannot be planned within the limits. */
  | 'TOO_COMPLEX'
  /** The planner has too much to do already. */
  | 'BUSY'
  /** The planner failed. */
  | 'FAILED';

/** An operation that was not planned. The message is for clients, except if the planner failed. */
export class PlanningError extends Error {
  readonly failure: PlanningFailure;

  constructor(failure: PlanningFailure, message: string) {
    super(message);
    this.name = 'PlanningError';
    this.failure = failure;
  }
}
