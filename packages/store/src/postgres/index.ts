export { type StoreTables, structureOf, tableNames } from './ddl.js';
export { StoreTimeoutError, StoreUnavailableError } from './errors.js';
export { openPostgresStore, type PostgresStore, type PostgresStoreOptions, type PublishedRevision } from './open.js';
export { type PoolOptions, PostgresPool } from './pool.js';
export {
  type Published,
  type PublishOptions,
  type PublishProgress,
  publishStores,
  type StoreToPublish,
} from './publish.js';
export { type DatabaseOptions, PostgresServers, type ServersOptions } from './servers.js';
