export {
  type BuildOptions,
  type BuildResult,
  beginStore,
  buildStore,
  currentRevision,
  type StoreBuild,
  type StoreToBuild,
} from './build.js';
export { checkStore, integrityOf } from './check.js';
export { json, sourcedColumns } from './columns.js';
export { type CopyOptions, copyStore } from './copy.js';
export { StoreError } from './errors.js';
export { identityOf, type StoreIdentity } from './identity.js';
export { insertOnce, insertRow, run } from './insert.js';
export { inspectStore, type OpenOptions, openStore, type Store, type StoreDb } from './open.js';
export { prepare, rowReader, valuesOf } from './reader.js';
export { cached, type Reader, rowsById, rowsOfParents, rowsOfParentsWhere } from './rows.js';
export { join, raw, Sql, sql } from './sql.js';
