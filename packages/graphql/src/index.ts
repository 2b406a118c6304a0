export { createDocumentCache } from './documentCache.js';
export { getOwn, type ObjMap, setOwn, toObjMap } from './getOwn.js';
export { linkNames, stringOf } from './linkNames.js';
