export {
  type BuildOptions,
  type BuildResult,
  buildStore,
  currentRevision,
  type StoreBuild,
  type StoreToBuild,
  startStoreBuild,
} from './build.js';
export { checkStore, findDamage } from './check.js';
export { json, sourcedColumns } from './columns.js';
export { type CopyOptions, copyStore } from './copy.js';
export { StoreError } from './errors.js';
export { identityOf, type StoreIdentity } from './identity.js';
export { insertIfAbsent, insertRow, run } from './insert.js';
export { inspectStore, type OpenOptions, openStore, type Store } from './open.js';
export { prepare, queryValues, type StoreDb } from './query.js';
export { rowReader } from './rowReader.js';
export { type CachedReader, cacheReads, rowsById, rowsOfParents, rowsOfParentsWhere } from './rows.js';
export { join, raw, Sql, sql } from './sql.js';
