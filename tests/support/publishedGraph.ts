import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gatewayLimits, limitOptions, readConfig, workspaceRoot } from '@dossier/config';
import { type EmbeddedOptions, type RunningGateway, startEmbedded } from '@dossier/gateway';
import { inspectStore } from '@dossier/store';
import { type PublishOptions, publishStores } from '@dossier/store/postgres';
import { SERVICES } from './services.js';
import { sharedStores } from './stores.js';

/** Publishes the stores in a folder. */
export const publishFrom = (dataDir: string, url: string, options: Partial<PublishOptions> = {}) =>
  publishStores({
    url,
    stores: Object.values(SERVICES).map(({ definition }) => {
      const { name, migrations } = definition;
      const file = `${dataDir}/${name}.sqlite`;
      return { ...definition, file, identity: inspectStore(file, name, migrations) };
    }),
    graceMs: 60_000,
    ...options,
  });

/** Publishes a store of the service trade in a process of its own, so that this one can go on. */
export const publishTrade = async (file: string, url: string): Promise<void> =>
  void (await promisify(execFile)(process.execPath, [publishScript, file, url, '60000']));

/** Its arguments are in the file. */
export const publishScript = join(workspaceRoot(), 'tests/postgres/publish.mjs');

/** Starts the embedded graph on the stores of a database. */
export const startPublishedGraph = (url: string, options: Partial<EmbeddedOptions> = {}): Promise<RunningGateway> =>
  startGraphOn(sharedStores(), { database: { url, poolSize: 2, prepare: 'named' }, ...options });

/** Starts the embedded graph on the stores of a folder. */
export const startGraphOn = (dataDir: string, options: Partial<EmbeddedOptions> = {}): Promise<RunningGateway> =>
  startEmbedded({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    dataDir,
    seedsDir: null,
    ...limitOptions(readConfig(gatewayLimits, {})),
    ...options,
  });
