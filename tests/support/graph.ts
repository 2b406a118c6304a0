import { rmSync } from 'node:fs';
import { type EmbeddedOptions, type RunningGateway, startEmbedded } from '@dossier/gateway';
import { gatewayLimits, limitOptions, readConfig } from '@dossier/subgraph';
import { copyOfStores } from './stores.js';

interface Answer {
  data: Record<string, unknown> | null | undefined;
  errors: { message: string; path?: readonly (string | number)[]; extensions?: Record<string, unknown> }[] | undefined;
}

export interface TestGraph extends RunningGateway {
  query: (query: string, variables?: Record<string, unknown>) => Promise<Answer>;
  /** SQL statements run since the last call, a list a service. */
  statements: () => Record<string, string[]>;
  /** Folder of its stores. */
  dataDir: string;
}

/** The whole graph on stores of the real seeds, on a port of its own. */
export async function startGraph({ documentsDir = null, landing }: Pick<EmbeddedOptions, 'documentsDir' | 'landing'> = {}): Promise<TestGraph> {
  const dataDir = copyOfStores();
  let counted: Record<string, string[]> = {};
  const running = await startEmbedded({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    dataDir,
    seedsDir: null,
    documentsDir,
    ...limitOptions(readConfig(gatewayLimits, {})),
    ...(landing && { landing }),
    onStatement: (service, sql) => {
      const list = counted[service] ?? [];
      list.push(sql);
      counted[service] = list;
    },
  });
  return {
    ...running,
    dataDir,
    query: async (query, variables) => JSON.parse(JSON.stringify(await running.execute({ query, ...(variables && { variables }) }))) as Answer,
    statements: () => {
      const seen = counted;
      counted = {};
      return seen;
    },
    close: async () => {
      await running.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
