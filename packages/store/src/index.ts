export {
  type BuildOptions,
  type BuildResult,
  buildStore,
  createStoreFolder,
  currentRevision,
  needsBuild,
  type StoreBuild,
  type StoreToBuild,
  startStoreBuild,
} from './build.js';
export { clearTable, deleteIndexed, deleteRows, startStoreChange, valuesIn } from './change.js';
export { checkStore, findDamage, repairOf } from './check.js';
export { json, sourcedColumns } from './columns.js';
export { type CopyOptions, copyStore, publishStore } from './copy.js';
export type { Dialect } from './dialect.js';
export { formatBytes, freeBytes, QueryRefusedError, readFailure, StoreError, StoreReadError } from './errors.js';
export { type FetchOptions, fetchStore } from './fetch.js';
export { removeLeftovers } from './files.js';
export { identityOf, type StoreIdentity } from './identity.js';
export { type IdInKey, idInKey } from './idInKey.js';
export { insertIfAbsent, insertRow, run } from './insert.js';
export { cleanUp, type LockOptions, lockStores, type StoreLock, tryLockStore } from './lock.js';
export { allOf, type MaybePromise, mapMaybePromise } from './mapMaybePromise.js';
export { inspectStore, type OpenOptions, openStore, type ServerState, type Store } from './open.js';
export { type KnownPart, PartsFile } from './parts.js';
export { StoreTimeoutError, StoreUnavailableError } from './postgres/errors.js';
export {
  dialectOf,
  prepare,
  queryUnlessRefused,
  queryValues,
  type ReadDb,
  RemoteDb,
  readAtOpen,
  type StoreDb,
} from './query.js';
export { isOver, type ReadLimits, withReadLimits } from './readLimits.js';
export { type RecordedRows, RowRecording, recordedInserter } from './recording.js';
export { rowReader } from './rowReader.js';
export { type CachedReader, cacheReads, rowsById, rowsOfParents, rowsOfParentsWhere } from './rows.js';
export { join, raw, Sql, sql } from './sql.js';
export { sumsDigest, type Verification, type VerifyOptions, verifyStore } from './sums.js';
export { tablesOf } from './tablesOf.js';
export { type TextIndex, wordListsOf } from './textIndex.js';
export { type InsertedRows, trackInserts } from './trackRows.js';
