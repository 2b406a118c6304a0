export { OperationGuard } from './guard.js';
export { InvalidPageSizes, type Limit, LimitExceeded, type OperationLimits } from './limits.js';
