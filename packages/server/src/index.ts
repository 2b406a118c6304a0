export type { Engine, EngineAnswer, Gateway, Runnable } from './engine.js';
export { createLog, LOG_LEVELS, type Log, type LogLevel, silentLog } from './log.js';
export { REQUEST_ID } from './requestId.js';
export type { CacheOptions } from './responseCache.js';
export { type RunningServer, type ServerOptions, startServer } from './server.js';
export type { LandingPage } from './staticFolder.js';
