export { type AnswerShape, answerShapes, type Fault } from './answerShape.js';
export { type ExecutableGraph, openGraph } from './graph.js';
export { InexactNumber, type ScalarValidators } from './leaf.js';
export type { ExecutableOperation, ExecutionOptions, PlannedRun } from './operation.js';
export type { PlannerOptions } from './planning/planner.js';
export { PlanningError, type PlanningFailure } from './planning/planningError.js';
export { typeRepresented } from './representations.js';
export { ResponseTooLargeError } from './shape.js';
export type { Answer, SubgraphAnswer, SubgraphRequest } from './types.js';
