import {
  ConfigError,
  type ConfigOf,
  databaseOptions,
  type databaseSettings,
  type dataSettings,
  serviceCommand,
} from '@dossier/config';
import { inspectStore, raw, repairOf, verifyStore } from '@dossier/store';
import type { SubgraphDefinition } from '@dossier/subgraph-server';
import { check, type Finding } from './doctor.js';
import { warnOfWords } from './progress.js';
import { checkReaderRole } from './readerRole.js';
import { storeFile } from './seeding.js';

/** The flags of every command that publishes stores. */
export const PUBLISH_OPTIONS = { '--force': 'publish also what is unchanged' };

type PublishConfig = ConfigOf<typeof databaseSettings> & Pick<ConfigOf<typeof dataSettings>, 'DATA_DIR'>;

type PublishableDefinition = Pick<
  SubgraphDefinition<object>,
  'name' | 'migrations' | 'tables' | 'textIndexes' | 'lookedUpBy' | 'idsInKeys' | 'readAtOpen'
>;

/**
 * Copies the stores of services into the database of STORE_URL, in one transaction, and prints each. Every file is verified first.
 * Rejects with a ConfigError without STORE_URL, or with a StoreError.
 */
export async function publishToDatabase(
  definitions: readonly PublishableDefinition[],
  { STORE_URL: url, STORE_GRACE_MS: graceMs, DATA_DIR: dataDir }: PublishConfig,
  { force = false, print }: { force?: boolean; print: (text: string) => void },
): Promise<void> {
  if (url === null) throw new ConfigError(['STORE_URL is not set: expected the database to publish the stores to.']);
  const stores = [];
  for (const definition of definitions) {
    const { name, migrations } = definition;
    const file = storeFile(dataDir, name);
    const identity = inspectStore(file, name, migrations);
    await verifyStore(file, identity, repairOf(name));
    if (identity.texts) warnOfWords(name, identity.texts);
    stores.push({ ...definition, file, identity });
  }
  // Only this command loads the driver.
  const { publishStores } = await import('@dossier/store/postgres');
  const onProgress = ({ service, step, table }: { service: string; step: string; table?: string }) =>
    void process.stderr.write(`${service}: ${step}${table ? ` of ${table}` : ''}\n`);
  const published = await publishStores({ url, stores, graceMs, force, onProgress });
  for (const { service, result, revision } of published) print(`${service}: ${result}, revision ${revision}`);
}

/**
 * Checks the stores in the database of STORE_URL, and on each standby of STORE_READ_URLS, and the role that reads them; no findings if the
 * stores are files.
 */
export async function checkDatabase(
  definitions: readonly PublishableDefinition[],
  config: PublishConfig,
): Promise<Finding[]> {
  const database = databaseOptions(config);
  if (database === null) return [];
  const { url, readUrls, prepare } = database;
  const { openPostgresStore, PostgresServers, tableNames } = await import('@dossier/store/postgres');
  const serversOf = (address: string) =>
    new PostgresServers({ url: address, prepare, poolSize: 1, applicationName: 'dossier doctor' });
  const revisionIn = async (address: string, definition: PublishableDefinition) => {
    const servers = serversOf(address);
    try {
      // Also whether the role may read each table.
      const rows = tableNames(definition).map((name) => raw(`select 1 from @"${name}" limit 1`));
      const { revision } = await openPostgresStore(definition.name, definition, rows, servers);
      return revision;
    } finally {
      servers.close();
    }
  };
  /** Checks that a server has the expected revision; any, if that is null. */
  const checkServer = (part: string, revision: Promise<string>, expected: string | null, remedy: string) =>
    check(part, async (): Promise<Finding> => {
      const found = await revision;
      if (expected === null || found === expected) return { part, outcome: 'ok', message: `It has revision ${found}.` };
      return { part, outcome: 'failed', message: `It has revision ${found}, expected ${expected}; ${remedy}` };
    });
  const roleFindings = [url, ...readUrls].map(async (address, index) => {
    const servers = serversOf(address);
    try {
      const part = index === 0 ? 'database role' : `database role, standby ${index}`;
      return await checkReaderRole(part, (query, parameters) => servers.query(query, parameters));
    } finally {
      servers.close();
    }
  });
  const findings = await Promise.all(
    definitions.map(async (definition) => {
      const { name, migrations } = definition;
      const file = revisionOf(storeFile(config.DATA_DIR, name), name, migrations);
      const primary = revisionIn(url, definition);
      const current = await primary.catch(() => null);
      return Promise.all([
        checkServer(`database ${name}`, primary, file, `run "${serviceCommand(name, 'publish')}".`),
        ...readUrls.map((address, index) =>
          checkServer(
            `database ${name}, standby ${index + 1}`,
            revisionIn(address, definition),
            current,
            'replication is behind or has stopped.',
          ),
        ),
      ]);
    }),
  );
  return [...findings.flat(), ...(await Promise.all(roleFindings))];
}

/** The revision of a store's file; null if it cannot be read, which another check reports. */
function revisionOf(file: string, service: string, migrations: URL): string | null {
  try {
    return inspectStore(file, service, migrations).revision;
  } catch {
    return null;
  }
}
