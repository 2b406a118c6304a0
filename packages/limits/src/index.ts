export { OperationGuard } from './guard.js';
export { keptByText } from './keptByText.js';
export { type Limit, LimitExceeded, type OperationLimits, WrongPage } from './limits.js';
export { linkedNames } from './linkedNames.js';
