export { createDocumentCache } from './documentCache.js';
export { fragmentsOf } from './fragments.js';
export { inexactNumbers, isExactNumber, type NumberSpan } from './inexactNumbers.js';
export { linkNames, stringOf } from './linkNames.js';
export { getOwn, isObjectLike, type ObjMap, setOwn, toObjMap } from './objMap.js';
