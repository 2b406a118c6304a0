import { rmSync } from 'node:fs';
import { gatewayLimits, limitOptions, readConfig } from '@dossier/config';
import { type EmbeddedOptions, type RunningGateway, startEmbedded } from '@dossier/gateway';
import { inject } from 'vitest';
import { copyOfStores } from './stores.js';

interface Answer {
  data: Record<string, unknown> | null | undefined;
  errors: { message: string; path?: readonly (string | number)[]; extensions?: Record<string, unknown> }[] | undefined;
}

export interface TestGraph extends RunningGateway {
  query: (query: string, variables?: Record<string, unknown>) => Promise<Answer>;
  /** SQL queries since the last call, by service. */
  statements: () => Record<string, string[]>;
  /** The folder of its stores. */
  dataDir: string;
}

/**
 * Starts the embedded graph with new stores of the real seeds, on a free port. In the project `postgres`, it reads those of a database,
 * and reports no SQL queries.
 */
export async function startGraph({
  documentsDir = null,
  landing,
  mcp,
  log,
  rateLimit = null,
}: Pick<EmbeddedOptions, 'documentsDir' | 'landing' | 'mcp' | 'log' | 'rateLimit'> = {}): Promise<TestGraph> {
  const dataDir = copyOfStores();
  const url = inject('storesUrl');
  let statementsByService: Record<string, string[]> = {};
  const running = await startEmbedded({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    dataDir,
    seedsDir: null,
    documentsDir,
    ...(url && { database: { url, poolSize: 2 } }),
    ...limitOptions(readConfig(gatewayLimits, {})),
    ...(landing && { landing }),
    ...(mcp && { mcp }),
    ...(log && { log }),
    rateLimit,
    onStatement: (service, sql) => {
      const list = statementsByService[service] ?? [];
      list.push(sql);
      statementsByService[service] = list;
    },
  });
  return {
    ...running,
    dataDir,
    query: async (query, variables) =>
      JSON.parse(JSON.stringify(await running.execute({ query, ...(variables && { variables }) }))) as Answer,
    statements: () => {
      const seen = statementsByService;
      statementsByService = {};
      return seen;
    },
    close: async () => {
      await running.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
