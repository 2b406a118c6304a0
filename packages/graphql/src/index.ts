export { getOwn, type ObjMap, setOwn, toObjMap } from './getOwn.js';
export { keptByText } from './keptByText.js';
export { linkedNames, stringOf } from './linkedNames.js';
