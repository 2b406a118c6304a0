export { getOwn, type ObjMap, setOwn, toObjMap } from './getOwn.js';
export { OperationGuard } from './guard.js';
export { keptByText } from './keptByText.js';
export { type Limit, LimitExceeded, type OperationLimits, WrongPages } from './limits.js';
export { linkedNames } from './linkedNames.js';
