export { type AnswerShape, answerShapes, type Fault } from './answerShape.js';
export { type ExecutableGraph, executableGraph, type GraphOptions, type PlannedOperation } from './graph.js';
export type { RunnableOperation } from './operation.js';
export { typeRepresented } from './representations.js';
export type { Answer, SubgraphAnswer, SubgraphRequest } from './types.js';
