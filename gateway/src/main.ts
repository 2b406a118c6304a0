import { runProcess, startTracingTo } from '@dossier/cli';
import { httpOptions, limitOptions } from '@dossier/config';
import { createLog } from '@dossier/http-server';
import { settings } from './config.js';
import { documentOptions } from './documentSettings.js';
import { planningLimits } from './engine/planningSettings.js';
import { federationOptions } from './federationSettings.js';
import { mcpOptions } from './mcpSettings.js';
import { subgraphOptions } from './subgraphSettings.js';

await runProcess('The gateway of Dossier, with subgraphs over HTTP.', settings, async (config) => {
  const log = createLog('gateway', config.LOG_LEVEL);
  await startTracingTo(config, 'gateway', log);
  const { startGateway } = await import('./start.js');
  const running = await startGateway({
    ...httpOptions(config),
    ...limitOptions(config),
    ...documentOptions(config),
    port: config.PORT,
    host: config.HOST,
    corsOrigins: config.CORS_ORIGINS,
    supergraph: config.SUPERGRAPH,
    execution: config.EXECUTION,
    planning: planningLimits(config),
    cacheBytes: config.CACHE_MB,
    landing: config.LANDING,
    ...mcpOptions(config),
    log,
    reloadMs: config.RELOAD_MS,
    subgraphs: subgraphOptions(config),
    ...federationOptions(config),
    urls: {
      actors: config.ACTORS_URL,
      statements: config.STATEMENTS_URL,
      sanctions: config.SANCTIONS_URL,
      trade: config.TRADE_URL,
    },
  });
  process.stdout.write(`gateway: ${running.url}\n`);
  return running;
});
