export {
  actorResolvers,
  type Find,
  type Identified,
  type Representation,
  reference,
  sourcedResolvers,
  stub,
  stubs,
  typedById,
} from './entities.js';
export { formatError } from './errors.js';
export { createExecutor, type Executable } from './executor.js';
export { knownEntities, knownEntity } from './known.js';
export type { Loaders } from './loaders.js';
export { mapMaybePromise } from './mapMaybePromise.js';
export { type StoreMeters, storeMeters } from './meters.js';
export { type ListRequest, pageOf } from './pages.js';
export { perRequest } from './perRequest.js';
export type { ServiceResolvers } from './resolverTypes.js';
export { type Listening, serveSubgraph } from './serve.js';
export { StoreHandle } from './storeHandle.js';
export type { ReadLimits } from './storeReads.js';
export {
  openSubgraph,
  type Resolvers,
  type Subgraph,
  type SubgraphDefinition,
  type SubgraphOptions,
} from './subgraph.js';
export { type Followed, type FollowOptions, fileKey, watchFile, watchStore } from './watchFile.js';
