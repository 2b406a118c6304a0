import { readFileSync } from 'node:fs';
import { gatewayLimits, limitOptions, readConfig, serviceLimits } from '@dossier/config';
import { startGateway, supergraphFile } from '@dossier/gateway';
import { serveSubgraph } from '@dossier/subgraph-server';
import { openServices } from './services.js';

export interface GatewayAnswer {
  data?: unknown;
  errors?: unknown;
}

export interface TestGateways {
  /** Sends an operation to a gateway, by its name. */
  ask: Record<'own' | 'stock' | 'hive', (query: string, variables?: Record<string, unknown>) => Promise<GatewayAnswer>>;
  close: () => Promise<void>;
}

/** Long, so that a busy machine changes no response. */
const LONG_TIMEOUTS = { requestMs: 120_000, timeoutMs: 120_000 };

/**
 * Starts the four services over HTTP with the default limits, and three gateways over them: ours, ours with EXECUTION=stock, and
 * Hive's with its own planner. Hive's is started by its first request.
 */
export async function openGateways(): Promise<TestGateways> {
  const services = openServices();
  const served = await Promise.all(
    services.subgraphs.map((subgraph) =>
      serveSubgraph(
        { ...subgraph, close: () => {} },
        { port: 0, host: '127.0.0.1', ...limitOptions(readConfig(serviceLimits, {})) },
      ),
    ),
  );
  const urls = Object.fromEntries(services.subgraphs.map(({ name }, index) => [name, served[index]?.url ?? null]));
  const options = {
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [] as string[],
    landing: 'none' as const,
    urls,
    subgraphs: LONG_TIMEOUTS,
    ...limitOptions(readConfig(gatewayLimits, {})),
  };
  const [own, stock] = await Promise.all([
    startGateway({ ...options, execution: 'own' }),
    startGateway({ ...options, execution: 'stock' }),
  ]);
  let hive: ReturnType<typeof openHive> | null = null;
  const openedHive = () => {
    hive ??= openHive(urls);
    return hive;
  };
  return {
    ask: {
      own: createClient((request) => fetch(`${own.url}graphql`, request)),
      stock: createClient((request) => fetch(`${stock.url}graphql`, request)),
      hive: createClient(async (request) => (await openedHive()).ask(request)),
    },
    close: async () => {
      await (await hive)?.close();
      await Promise.all([own.close(), stock.close()]);
      await Promise.all(served.map(({ close }) => close()));
      services.close();
    },
  };
}

/** Creates Hive's gateway in this process, without its telemetry. */
async function openHive(
  urls: Record<string, string | null>,
): Promise<{ ask: (request: RequestInit) => Promise<Response>; close: () => Promise<void> }> {
  // Its modules read this when they are loaded.
  process.env['OTEL_SDK_DISABLED'] = 'true';
  const [{ createGatewayRuntime }, { unifiedGraphHandler }] = await Promise.all([
    import('@graphql-hive/gateway-runtime'),
    import('@graphql-hive/router-runtime'),
  ]);
  const supergraph = Object.entries(urls).reduce(
    (sdl, [name, url]) => sdl.replace(new RegExp(`(name: "${name}", url: ")[^"]*`), `$1${url}`),
    readFileSync(supergraphFile, 'utf8'),
  );
  const gateway = createGatewayRuntime({
    supergraph,
    unifiedGraphHandler,
    logging: false,
    landingPage: false,
    graphiql: false,
  });
  return {
    ask: async (request) => gateway.fetch('http://hive.invalid/graphql', request),
    close: async () => gateway[Symbol.asyncDispose](),
  };
}

const createClient =
  (send: (request: RequestInit) => Promise<Response>) =>
  async (query: string, variables: Record<string, unknown> = {}): Promise<GatewayAnswer> => {
    const response = await send({
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GatewayAnswer;
  };
