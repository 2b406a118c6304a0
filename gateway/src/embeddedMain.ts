import { createLog } from '@dossier/server';
import { runProcess } from '@dossier/subgraph';
import { embeddedSettings } from './config.js';
import { startEmbedded } from './embedded.js';
import { examples } from './examples.js';

const say = (text: string) => process.stdout.write(`${text}\n`);

await runProcess('Dossier: the whole graph in one process.', embeddedSettings, async (config) => {
  const running = await startEmbedded({
    port: config.PORT,
    host: config.HOST,
    corsOrigins: config.CORS_ORIGINS,
    supergraph: config.SUPERGRAPH,
    execution: config.EXECUTION,
    cacheBytes: config.CACHE_MB,
    landing: config.LANDING,
    log: createLog('gateway', config.LOG_LEVEL),
    dataDir: config.DATA_DIR,
    seedsDir: config.SEEDS_DIR,
    documentsDir: config.DOCUMENTS_DIR,
  });
  for (const { service, result, revision } of running.seeded) say(`${service}: store ${result}, revision ${revision}`);
  say(`\nDossier is at ${running.url} (a page to explore it); GraphQL at ${running.url}graphql\n\nWorth trying:`);
  for (const { question, query } of examples) {
    say(`\n# ${question}\ncurl -s ${running.url}graphql -H 'content-type: application/json' -d '${JSON.stringify({ query })}'`);
  }
  return running;
});
