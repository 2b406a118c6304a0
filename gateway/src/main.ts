import { createLog } from '@dossier/server';
import { runProcess } from '@dossier/subgraph';
import { settings } from './config.js';
import { startGateway } from './start.js';

await runProcess('The gateway of Dossier over subgraphs by HTTP.', settings, async (config) => {
  const running = await startGateway({
    port: config.PORT,
    host: config.HOST,
    corsOrigins: config.CORS_ORIGINS,
    supergraph: config.SUPERGRAPH,
    execution: config.EXECUTION,
    cacheBytes: config.CACHE_MB,
    landing: config.LANDING,
    log: createLog('gateway', config.LOG_LEVEL),
    urls: { actors: config.ACTORS_URL, statements: config.STATEMENTS_URL, sanctions: config.SANCTIONS_URL, trade: config.TRADE_URL },
  });
  process.stdout.write(`gateway: ${running.url}\n`);
  return running;
});
