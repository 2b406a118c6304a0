import { createLog } from '@dossier/server';
import type { ConfigOf, dataSettings, listenSettings } from './config.js';
import { runProcess } from './process.js';
import { type SeedableDefinition, seedStores, storeFile } from './seeding.js';
import { serveSubgraph } from './serve.js';
import type { Subgraph, SubgraphOptions } from './subgraph.js';
import { traceTo } from './traceTo.js';

type ServiceSettings = typeof dataSettings & ReturnType<typeof listenSettings>;

/**
 * The program of one service. `seed` builds the store where it is missing or of other seeds; without an argument it
 * serves what is there, and never seeds.
 */
export function runService(definition: SeedableDefinition, createSubgraph: (options: SubgraphOptions) => Subgraph, settings: ServiceSettings): Promise<void> {
  return runProcess(`The ${definition.name} subgraph of Dossier. Commands: seed builds its store; none serves it.`, settings, async (config: ConfigOf<ServiceSettings>) => {
    const { DATA_DIR: dataDir, SEEDS_DIR: seedsDir, DOCUMENTS_DIR: documentsDir } = config;
    if (process.argv[2] === 'seed') {
      for (const { service, result, revision } of seedStores([definition], { dataDir, seedsDir })) process.stdout.write(`${service}: ${result}, revision ${revision}\n`);
      return undefined;
    }
    const log = createLog(definition.name, config.LOG_LEVEL);
    await traceTo(config.OTEL_EXPORTER_OTLP_ENDPOINT, definition.name, log);
    const subgraph = createSubgraph({ file: storeFile(dataDir, definition.name), documentsDir });
    const { url, close } = await serveSubgraph(subgraph, { port: config.PORT, host: config.HOST, log });
    process.stdout.write(`${definition.name}: ${url} (revision ${subgraph.revision})\n`);
    return { close };
  });
}
