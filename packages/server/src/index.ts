export type { Engine, EngineAnswer, Gateway, Runnable } from './engine.js';
export type { CacheOptions } from './responseCache.js';
export { type RunningServer, type ServerOptions, startServer } from './server.js';
