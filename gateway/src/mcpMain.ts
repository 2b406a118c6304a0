import { rejectStaleStores, runProcess, SEED_OPTIONS, seedSources } from '@dossier/cli';
import { type ConfigOf, databaseOptions, limitOptions } from '@dossier/config';
import { createLog } from '@dossier/http-server';
import { mcpStdioSettings } from './config.js';
import { planningLimits } from './engine/planningSettings.js';
import { definitions, seedAll } from './services.js';

const STDERR = 2;

async function main(config: ConfigOf<typeof mcpStdioSettings>, { seed = false }: Record<string, boolean>) {
  const { DATA_DIR: dataDir } = config;
  const database = databaseOptions(config);
  if (!seed && database === null && config.STALE_STORE === 'refuse')
    rejectStaleStores(definitions, { dataDir, ...seedSources(config) });
  // Standard output is for the protocol only.
  const log = createLog('mcp', config.LOG_LEVEL, STDERR);
  const [{ openEmbedded }, { serveMcpOverStdio }] = await Promise.all([
    import('./embedded.js'),
    import('@dossier/mcp'),
  ]);
  const graph = await openEmbedded({
    ...limitOptions(config),
    supergraph: config.SUPERGRAPH,
    execution: config.EXECUTION,
    planning: planningLimits(config),
    requestMs: config.REQUEST_MS,
    reloadMs: config.RELOAD_MS,
    dataDir,
    documentsDir: config.DOCUMENTS_DIR,
    database,
    log,
  });
  const server = serveMcpOverStdio({
    execute: graph.execute,
    publicUrl: config.PUBLIC_URL,
    onError: (error) => log.error({ err: error }, 'MCP failed'),
  });
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= server.close().then(graph.close);
    return closing;
  };
  // The client ends the server by closing its standard input.
  process.stdin.once('close', () => void close().then(() => process.exit()));
  return { close };
}

await runProcess(
  'The MCP server of Dossier over standard input and output: the whole graph in one process, on existing stores.',
  mcpStdioSettings,
  main,
  {
    options: { '--seed': 'first build the stores that are missing or out of date', ...SEED_OPTIONS },
    prepare: async (config, { seed = false, ...flags }) => {
      if (seed && config.STORE_URL === null) await seedAll({ dataDir: config.DATA_DIR, ...seedSources(config, flags) });
    },
  },
);
