export { type Catalogue, type CodeMeaning, catalogue } from './catalogue.js';
export type { Engine, EngineAnswer, Gateway, Runnable } from './engine.js';
export { createLog, LOG_LEVELS, type Log, type LogLevel, silentLog } from './log.js';
export { durationMeter, gaugeMeter, type Meter } from './meters.js';
export type { RateLimitOptions } from './rateLimit.js';
export type { RequestContext } from './requestContext.js';
export { REQUEST_ID } from './requestId.js';
export type { CacheOptions } from './responseCache.js';
export { type RunningServer, type ServerOptions, startServer } from './server.js';
