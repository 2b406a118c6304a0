import { runProcess, startTracingTo } from '@dossier/cli';
import { createLog } from '@dossier/http-server';
import { gatewayOptions, settings } from './config.js';
import { federationOptions } from './federationSettings.js';
import { subgraphOptions } from './subgraphSettings.js';

await runProcess('The gateway of Dossier, with subgraphs over HTTP.', settings, async (config) => {
  const log = createLog('gateway', config.LOG_LEVEL);
  await startTracingTo(config, 'gateway', log);
  const { startGateway } = await import('./start.js');
  const running = await startGateway({
    ...gatewayOptions(config),
    log,
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
