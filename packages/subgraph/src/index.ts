export { type BackupOptions, backUpStores, restoreStores } from './backup.js';
export {
  ConfigError,
  type ConfigOf,
  dataSettings,
  describeSettings,
  folder,
  host,
  httpUrl,
  listenSettings,
  milliseconds,
  oneOf,
  port,
  readConfig,
  type Setting,
  type Settings,
  secretSettings,
  serviceSettings,
  storeSettings,
} from './config.js';
export { readConfigFile } from './configFile.js';
export { type Finding, look, lookAtPort, lookAtSeeds, lookAtStore, report } from './doctor.js';
export { effectiveConfig } from './effectiveConfig.js';
export { actorResolvers, type Find, type Identified, type Representation, reference, sourcedResolvers, stub, stubs, typedById } from './entities.js';
export { formatError } from './errors.js';
export { createExecutor, type Executable } from './executor.js';
export { type Followed, type FollowOptions, fileKey, followFile, followStore } from './follow.js';
export { httpOptions, onOff } from './httpSettings.js';
export { knownEntities, knownEntity } from './known.js';
export { gatewayLimits, limitOptions, operationMs, serviceLimits } from './limitSettings.js';
export type { Loaders } from './loaders.js';
export { type StoreMeters, storeMeters } from './meters.js';
export { type ListRequest, pageOf } from './pages.js';
export { perRequest } from './perRequest.js';
export { type ProgramCommand, type Running, runProcess } from './process.js';
export { type ProgressShown, showProgress } from './progress.js';
export { expectedIdentity, refuseStale, type SeedableDefinition, SeedError, type Seeded, type SeedingOptions, type SeedingProgress, seedStores, storeFile } from './seeding.js';
export { type Listening, serveSubgraph } from './serve.js';
export { runService } from './service.js';
export { Serving } from './serving.js';
export type { ReadLimits } from './storeReads.js';
export { openSubgraph, type Resolvers, type Subgraph, type SubgraphDefinition, type SubgraphOptions } from './subgraph.js';
export { traceTo } from './traceTo.js';
export { whenThere } from './whenThere.js';
export { fromWorkspace, workspaceRoot } from './workspace.js';
