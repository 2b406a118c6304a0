export type { CacheOptions } from './cache/responseCache.js';
export { type Catalogue, type CodeMeaning, catalogue, type ServerCode } from './errors/catalogue.js';
export { HttpError } from './errors/httpError.js';
export { counterMeter, durationMeter, gaugeMeter, type Meter, type Reloads, reloadMeter } from './health/meters.js';

export { createLog, LOG_LEVELS, type Log, type LogLevel, silentLog } from './logging/log.js';
export { escapeHtml, securityPolicy } from './pages/html.js';
export type { LandingPage } from './pages/landingPage.js';
export type { PageRequest, RenderedPage, StaticPages } from './pages/pages.js';
export type { Gateway } from './request/apolloEngine.js';
export type {
  CachePolicy,
  Engine,
  EngineResult,
  Executable,
  ParsedOperation,
  PlannedOperation,
  Variables,
} from './request/engine.js';
export { FairScheduler } from './request/fairScheduler.js';
export type { EndpointRequest, OperationEndpoint } from './request/operationEndpoint.js';
export type { RateLimitOptions } from './request/rateLimit.js';
export type { RequestContext } from './request/requestContext.js';
export { REQUEST_ID } from './request/requestId.js';
export { REVISION_HEADER, Revisions } from './request/revisions.js';
export { SECRET_HEADER } from './request/secret.js';
export { readTrustedDocuments, type TrustedDocuments } from './request/trustedDocuments.js';
export {
  createExecutor,
  type Executor,
  hostInUrl,
  type RunningServer,
  type ServerOptions,
  startServer,
} from './server.js';
