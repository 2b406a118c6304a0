import type { ConfigOf, dataSettings, listenSettings, serviceSettings, storeSettings } from '@dossier/config';
import { acceptedSecrets, databaseOptions, httpOptions, limitOptions } from '@dossier/config';
import { createLog } from '@dossier/http-server';
import type { Subgraph, SubgraphDefinition, SubgraphOptions } from '@dossier/subgraph-server';
import { openPublishedSubgraph, serveSubgraph, storeMeters, verifyStores } from '@dossier/subgraph-server';
import { BACKUP_OPTIONS, backUpStores, fetchStores, RESTORE_OPTIONS, restoreStores } from './backup.js';
import { checkDataFolder, checkLimits, checkPort, checkSeeds, checkStoreFile, report } from './doctor.js';
import { type ProgramCommand, runProcess, startTracingTo } from './process.js';
import { notePassages, notes, withProgress } from './progress.js';
import { checkDatabase, PUBLISH_OPTIONS, publishToDatabase } from './publish.js';
import { rejectStaleStores, SEED_OPTIONS, seedSources, seedStores, storeFile } from './seeding.js';

type ServiceSettings = typeof dataSettings &
  typeof storeSettings &
  typeof serviceSettings &
  ReturnType<typeof listenSettings>;

const print = (text: string) => void process.stdout.write(`${text}\n`);

/** Runs the program of a service. Without a command, it serves the existing store; only the command `seed` builds it. */
export function runService<Context extends object>(
  definition: SubgraphDefinition<Context>,
  createSubgraph: (options: SubgraphOptions) => Subgraph,
  settings: ServiceSettings,
): Promise<void> {
  const { name } = definition;
  const serve = async (config: ConfigOf<ServiceSettings>) => {
    const { DATA_DIR: dataDir, DOCUMENTS_DIR: documentsDir } = config;
    const database = databaseOptions(config);
    if (database === null && config.STALE_STORE === 'refuse')
      rejectStaleStores([definition], { dataDir, ...seedSources(config) });
    const log = createLog(name, config.LOG_LEVEL);
    await startTracingTo(config, name, log);
    const stores: Subgraph[] = [];
    const { meters, observeQuery, countRepeat } = storeMeters(() => stores);
    const options = {
      documentsDir,
      onQueryDuration: observeQuery(name),
      // A request of the gateway that has read this revision may send another fetch.
      replacedStoreMs: config.REQUEST_MS,
      maxEntities: config.MAX_ENTITIES,
      onUnusableText: (reason: string) => log.warn({ reason }, 'unusable text'),
    };
    const subgraph =
      database === null
        ? createSubgraph({
            ...options,
            file: storeFile(dataDir, name),
            onDamage: (reason) => log.error({ store: name, code: 'STORE_DAMAGED', reason }, 'damaged store'),
          })
        : await openPublishedSubgraph(definition, {
            ...options,
            ...database,
            onRepeat: countRepeat(name),
            log,
          });
    stores.push(subgraph);
    await verifyStores(stores, { log });
    const running = await serveSubgraph(subgraph, {
      ...httpOptions(config),
      ...limitOptions(config),
      port: config.PORT,
      host: config.HOST,
      meters,
      log,
      reloadMs: config.RELOAD_MS,
      secrets: acceptedSecrets(config),
      operationMs: config.REQUEST_MS,
    });
    print(`${name}: ${running.url} (revision ${subgraph.revision})`);
    return running;
  };
  const commands: ProgramCommand<ServiceSettings>[] = [
    {
      name: 'seed',
      description:
        'build the store if it is missing, damaged or out of date; with DOCUMENTS_DIR, verify every passage first',
      options: { '--force': 'rebuild it even if it is up to date', ...SEED_OPTIONS },
      run: async (config, _, { force = false, ...flags }) => {
        const sources = seedSources(config, flags);
        const options = { dataDir: config.DATA_DIR, ...sources, verifiesAlways: true, force, ...notes };
        const seeded = await withProgress((onProgress) => seedStores([definition], { ...options, onProgress }));
        for (const { result, revision } of seeded) print(`${name}: ${result}, revision ${revision}`);
        notePassages(config.DOCUMENTS_DIR);
      },
    },
    {
      name: 'backup <folder>',
      description: 'copy the store into a folder, even while it is served',
      options: BACKUP_OPTIONS,
      run: ({ DATA_DIR: dataDir }, [folder = ''], options) =>
        backUpStores([definition], { dataDir, folder, print, ...options }),
    },
    {
      name: 'restore <folder>',
      description: 'replace the store with a backup; a process that serves it reloads it',
      options: RESTORE_OPTIONS,
      run: ({ DATA_DIR: dataDir }, [folder = ''], options) =>
        restoreStores([definition], { dataDir, folder, print, ...options }),
    },
    {
      name: 'fetch <base> [revision]',
      description: 'install a published store from a URL or a folder; by default the one of these seeds',
      run: (config, [base = '', revision]) =>
        fetchStores([definition], { dataDir: config.DATA_DIR, ...seedSources(config), base, revision, print }),
    },
    {
      name: 'publish',
      description: 'copy the store into the PostgreSQL database of STORE_URL; programs that read it switch to it',
      options: PUBLISH_OPTIONS,
      run: (config, _, { force = false }) => publishToDatabase([definition], config, { force, print }),
    },
    {
      name: 'doctor',
      description: 'check the deployment; exit status 1 if a check fails',
      options: { '--json': 'print JSON' },
      run: async (config, _, { json = false }) => {
        const { DATA_DIR: dataDir, SEEDS_DIR: seedsDir, DOCUMENTS_DIR: documentsDir } = config;
        const { HOST: host, PORT: port, PROBE_PORT: probePort } = config;
        acceptedSecrets(config);
        const store = await checkStoreFile(definition, {
          dataDir,
          isInDatabase: config.STORE_URL !== null,
          ...seedSources(config),
        });
        const findings = [
          checkLimits(config),
          await checkPort({ host, port, probePort, service: name }),
          ...(await checkSeeds({ seedsDir, documentsDir })),
          await checkDataFolder([name], { dataDir, areServable: store.outcome !== 'failed' }),
          store,
          ...(await checkDatabase([definition], config)),
        ];
        const { text, status } = report(findings, json);
        process.stdout.write(text);
        process.exitCode = status;
      },
    },
  ];
  return runProcess(`The ${name} subgraph of Dossier. Without a command, serves it.`, settings, serve, { commands });
}
