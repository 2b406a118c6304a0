import {
  BACKUP_OPTIONS,
  backUpStores,
  checkDatabase,
  checkDataFolder,
  checkLimits,
  checkPort,
  checkSeeds,
  checkStoreFile,
  fetchStores,
  type ProgramCommand,
  PUBLISH_OPTIONS,
  publishToDatabase,
  RESTORE_OPTIONS,
  report,
  restoreStores,
  runProcess,
  seedSources,
} from '@dossier/cli';
import type { ConfigOf } from '@dossier/config';
import { embeddedSettings, settings as gatewaySettings } from './config.js';
import { definitions } from './services.js';

const settings = { ...gatewaySettings, ...embeddedSettings };
const print = (text: string) => void process.stdout.write(`${text}\n`);

async function doctor(
  config: ConfigOf<typeof settings>,
  _: string[],
  { json = false }: Record<string, boolean>,
): Promise<void> {
  const [dataDir, seedsDir] = [config.DATA_DIR, config.SEEDS_DIR];
  const { checkGraph } = await import('./doctor.js');
  const urls = {
    actors: config.ACTORS_URL,
    statements: config.STATEMENTS_URL,
    sanctions: config.SANCTIONS_URL,
    trade: config.TRADE_URL,
  };
  const stores = await Promise.all(
    definitions.map((definition) =>
      checkStoreFile(definition, { dataDir, isInDatabase: config.STORE_URL !== null, ...seedSources(config) }),
    ),
  );
  const findings = [
    checkLimits(config),
    await checkPort({ host: config.HOST, port: config.PORT, probePort: config.PROBE_PORT, service: 'gateway' }),
    ...(await checkSeeds({ seedsDir, documentsDir: config.DOCUMENTS_DIR })),
    await checkDataFolder(
      definitions.map(({ name }) => name),
      { dataDir, areServable: stores.every(({ outcome }) => outcome !== 'failed') },
    ),
    ...stores,
    ...(await checkDatabase(definitions, config)),
    ...(await checkGraph(config.SUPERGRAPH, urls, { secret: config.SUBGRAPH_SECRET, ca: config.SUBGRAPH_CA_FILE })),
  ];
  const { text, status } = report(findings, json);
  process.stdout.write(text);
  process.exitCode = status;
}

const commands: ProgramCommand<typeof settings>[] = [
  {
    name: 'backup <folder>',
    description: 'copy all stores into a folder, even while they are in use',
    options: BACKUP_OPTIONS,
    run: ({ DATA_DIR: dataDir }, [folder = ''], options) =>
      backUpStores(definitions, { dataDir, folder, print, ...options }),
  },
  {
    name: 'restore <folder>',
    description: 'replace all stores with their backups; running processes reload them',
    options: RESTORE_OPTIONS,
    run: ({ DATA_DIR: dataDir }, [folder = ''], options) =>
      restoreStores(definitions, { dataDir, folder, print, ...options }),
  },
  {
    name: 'fetch <base>',
    description: 'install the published stores of these seeds from a URL or a folder',
    run: (config, [base = '']) =>
      fetchStores(definitions, { dataDir: config.DATA_DIR, ...seedSources(config), base, print }),
  },
  {
    name: 'publish',
    description:
      'copy all stores into the PostgreSQL database of STORE_URL; programs that read it switch to all of them at once',
    options: PUBLISH_OPTIONS,
    run: (config, _, { force = false }) => publishToDatabase(definitions, config, { force, print }),
  },
  {
    name: 'doctor',
    description: 'check the deployment; exits with status 1 if something is wrong',
    options: { '--json': 'print JSON' },
    run: doctor,
  },
];

await runProcess('Maintenance commands for a deployment of Dossier.', settings, null, { commands });
