import { rejectStaleStores, runProcess, SEED_OPTIONS, type Seeded, seedSources, startTracingTo } from '@dossier/cli';
import { type ConfigOf, databaseOptions } from '@dossier/config';
import { createLog } from '@dossier/http-server';
import { embeddedSettings, gatewayOptions } from './config.js';
import { examplesFor } from './examples.js';
import { definitions, seedAll } from './services.js';

const print = (text: string) => process.stdout.write(`${text}\n`);

/** The stores that were built before the start. */
let seeded: readonly Seeded[] = [];

async function main(config: ConfigOf<typeof embeddedSettings>, { seed = false }: Record<string, boolean>) {
  const { DATA_DIR: dataDir } = config;
  const database = databaseOptions(config);
  if (!seed && database === null && config.STALE_STORE === 'refuse')
    rejectStaleStores(definitions, { dataDir, ...seedSources(config) });
  const log = createLog('gateway', config.LOG_LEVEL);
  await startTracingTo(config, 'gateway', log);
  const { startEmbedded } = await import('./embedded.js');
  const running = await startEmbedded({
    ...gatewayOptions(config),
    requestMs: config.REQUEST_MS,
    log,
    dataDir,
    seedsDir: null,
    documentsDir: config.DOCUMENTS_DIR,
    database,
  });
  for (const { service, result, revision } of seeded) print(`${service}: store ${result}, revision ${revision}`);
  print(`\nExplorer: ${running.url}\nReader: ${running.url}reader/\nGraphQL: ${running.url}graphql`);
  const examples = await examplesFor(async (query) => (await running.execute({ query })).data);
  if (examples.length > 0) print('\nExamples:');
  for (const { question, query } of examples) {
    print(
      `\n# ${question}\ncurl -s ${running.url}graphql -H 'content-type: application/json' -d '${JSON.stringify({ query })}'`,
    );
  }
  return running;
}

await runProcess('Dossier: the whole graph in one process, on existing stores.', embeddedSettings, main, {
  options: { '--seed': 'first build the stores that are missing or out of date', ...SEED_OPTIONS },
  prepare: async (config, { seed = false, ...flags }) => {
    if (seed && config.STORE_URL === null)
      seeded = await seedAll({ dataDir: config.DATA_DIR, ...seedSources(config, flags) });
  },
});
