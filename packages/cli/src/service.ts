import type { ConfigOf, dataSettings, listenSettings, serviceSettings, storeSettings } from '@dossier/config';
import { httpOptions, limitOptions } from '@dossier/config';
import { createLog } from '@dossier/http-server';
import type { Subgraph, SubgraphOptions } from '@dossier/subgraph-server';
import { serveSubgraph, storeMeters } from '@dossier/subgraph-server';
import { backUpStores, restoreStores } from './backup.js';
import { checkPort, checkSeeds, checkStoreFile, report } from './doctor.js';
import { type ProgramCommand, runProcess } from './process.js';
import { showProgress } from './progress.js';
import { refuseStale, type SeedableDefinition, seedStores, storeFile } from './seeding.js';
import { traceTo } from './traceTo.js';

type ServiceSettings = typeof dataSettings &
  typeof storeSettings &
  typeof serviceSettings &
  ReturnType<typeof listenSettings>;

const say = (text: string) => void process.stdout.write(`${text}\n`);
const FORCE = { '--force': 'replace what is in the way' };

/**
 * The program of one service. Without a command it serves the store that is there, and never seeds: `seed` builds the
 * store where it is missing or of other seeds.
 */
export function runService(
  definition: SeedableDefinition,
  createSubgraph: (options: SubgraphOptions) => Subgraph,
  settings: ServiceSettings,
): Promise<void> {
  const { name } = definition;
  const serve = async (config: ConfigOf<ServiceSettings>) => {
    const { DATA_DIR: dataDir, SEEDS_DIR: seedsDir, DOCUMENTS_DIR: documentsDir } = config;
    if (config.STALE_STORE === 'refuse') refuseStale([definition], { dataDir, seedsDir });
    const log = createLog(name, config.LOG_LEVEL);
    await traceTo(config.OTEL_EXPORTER_OTLP_ENDPOINT, name, log);
    const stores: Subgraph[] = [];
    const { meters, observeQuery } = storeMeters(() => stores);
    const subgraph = createSubgraph({
      file: storeFile(dataDir, name),
      documentsDir,
      onQueryDuration: observeQuery(name),
      maxEntities: config.MAX_ENTITIES,
    });
    stores.push(subgraph);
    const running = await serveSubgraph(subgraph, {
      ...httpOptions(config),
      ...limitOptions(config),
      port: config.PORT,
      host: config.HOST,
      meters,
      log,
      reloadMs: config.RELOAD_MS,
      secret: config.SUBGRAPH_SECRET,
      operationMs: config.REQUEST_MS,
    });
    say(`${name}: ${running.url} (revision ${subgraph.revision})`);
    return running;
  };
  const commands: ProgramCommand<ServiceSettings>[] = [
    {
      name: 'seed',
      description: 'build the store where it is missing or of other seeds',
      options: { '--force': 'build it in any case' },
      run: async ({ DATA_DIR: dataDir, SEEDS_DIR: seedsDir }, _, { force = false }) => {
        const progress = showProgress();
        const seeded = seedStores([definition], { dataDir, seedsDir, force, onProgress: progress.onProgress });
        progress.end();
        for (const { result, revision } of seeded) say(`${name}: ${result}, revision ${revision}`);
      },
    },
    {
      name: 'backup <folder>',
      description: 'copy the store into a folder, while it is served or not',
      options: FORCE,
      run: ({ DATA_DIR: dataDir }, [folder = ''], options) =>
        backUpStores([definition], { dataDir, folder, say, ...options }),
    },
    {
      name: 'restore <folder>',
      description: 'put a backup in place of the store; whoever serves it takes it up',
      options: FORCE,
      run: ({ DATA_DIR: dataDir }, [folder = ''], options) =>
        restoreStores([definition], { dataDir, folder, say, ...options }),
    },
    {
      name: 'doctor',
      description: 'say what is wrong with the deployment; the status is 1 where something is',
      options: { '--json': 'as JSON' },
      run: async (
        { DATA_DIR: dataDir, SEEDS_DIR: seedsDir, DOCUMENTS_DIR: documentsDir, HOST: host, PORT: port },
        _,
        { json = false },
      ) => {
        const findings = [
          await checkPort({ host, port, service: name }),
          ...(await checkSeeds({ seedsDir, documentsDir })),
          await checkStoreFile(definition, { dataDir, seedsDir }),
        ];
        const { text, status } = report(findings, json);
        process.stdout.write(text);
        process.exitCode = status;
      },
    },
  ];
  return runProcess(`The ${name} subgraph of Dossier. Without a command, it is served.`, settings, serve, { commands });
}
