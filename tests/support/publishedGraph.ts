import { gatewayLimits, limitOptions, readConfig } from '@dossier/config';
import { type EmbeddedOptions, type RunningGateway, startEmbedded } from '@dossier/gateway';
import { inspectStore } from '@dossier/store';
import { type PublishOptions, publishStores } from '@dossier/store/postgres';
import { SERVICES } from './services.js';
import { sharedStores } from './stores.js';

/** Publishes the stores in a folder. */
export const publishFrom = (dataDir: string, url: string, options: Partial<PublishOptions> = {}) =>
  publishStores({
    url,
    stores: Object.values(SERVICES).map(({ definition: { name, migrations, tables, textIndexes = [] } }) => {
      const file = `${dataDir}/${name}.sqlite`;
      return { file, identity: inspectStore(file, name, migrations), tables, textIndexes };
    }),
    graceMs: 60_000,
    ...options,
  });

/** Starts the embedded graph on the stores of a database. */
export const startPublishedGraph = (url: string, options: Partial<EmbeddedOptions> = {}): Promise<RunningGateway> =>
  startEmbedded({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    dataDir: sharedStores(),
    seedsDir: null,
    ...limitOptions(readConfig(gatewayLimits, {})),
    database: { url, poolSize: 2, prepare: 'named' },
    ...options,
  });
