export { type MaybePromise, mapMaybePromise, type ReadLimits } from '@dossier/store';
export { contextFactory } from './contextFactory.js';
export {
  actorResolvers,
  type FindById,
  type Identified,
  type Representation,
  referenceResolver,
  sourcedResolvers,
  stub,
  stubs,
  typeById,
} from './entities.js';
export { formatError, type StoreFailure, storeFailure } from './errors.js';
export { createExecutor, type Executable } from './executor.js';
export { knownEntities, knownEntity } from './knownEntities.js';
export type { Loaders } from './loaders.js';
export { type MergedIds, mergedId, mergedIds } from './mergedIds.js';
export { type StoreMeters, storeMeters } from './meters.js';
export { type ListRequest, loadConnection, readRequest } from './pages.js';
export { openPublishedSubgraph, type PublishedStoreOptions } from './publishedSubgraph.js';
export type { ServiceResolvers } from './resolverTypes.js';
export { type RunningSubgraph, serveSubgraph } from './serve.js';
export { StoreHandle, type StoreState } from './storeHandle.js';
export {
  openSubgraph,
  type Resolvers,
  type SharedSeeding,
  type Subgraph,
  type SubgraphDefinition,
  type SubgraphOptions,
  watchStore,
} from './subgraph.js';
export { combinedState, damagedStores, unavailableStores, verifyStores } from './verification.js';
export { fileKey, type WatchedFile, type WatchOptions, watchFile } from './watchFile.js';
