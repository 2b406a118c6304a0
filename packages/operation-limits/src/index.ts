export { OperationGuard } from './guard.js';
export { type Limit, LimitExceeded, type OperationLimits, WrongPages } from './limits.js';
