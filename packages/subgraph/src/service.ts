import { createLog } from '@dossier/server';
import type { ConfigOf, dataSettings, listenSettings } from './config.js';
import { httpOptions } from './httpSettings.js';
import { storeMeters } from './meters.js';
import { runProcess } from './process.js';
import { type SeedableDefinition, seedStores, storeFile } from './seeding.js';
import { serveSubgraph } from './serve.js';
import type { Subgraph, SubgraphOptions } from './subgraph.js';

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
    const stores: Subgraph[] = [];
    const { meters, onTimed } = storeMeters(() => stores);
    const subgraph = createSubgraph({ file: storeFile(dataDir, definition.name), documentsDir, onTimed: onTimed(definition.name) });
    stores.push(subgraph);
    const { url, close } = await serveSubgraph(subgraph, { ...httpOptions(config), port: config.PORT, host: config.HOST, meters, log: createLog(definition.name, config.LOG_LEVEL) });
    process.stdout.write(`${definition.name}: ${url} (revision ${subgraph.revision})\n`);
    return { close };
  });
}
