import { gatewayLimits, limitOptions, readConfig } from '@dossier/config';
import { startGateway } from '@dossier/gateway';
import type { DatabaseOptions } from '@dossier/store/postgres';
import {
  openPublishedSubgraph,
  type Subgraph,
  type SubgraphDefinition,
  serveSubgraph,
  storeMeters,
} from '@dossier/subgraph-server';
import { pino } from 'pino';
import type { GatewayAnswer } from './gateways.js';
import { openServices, SERVICES } from './services.js';

/** How often the service looks for a new revision, in milliseconds. */
const RELOAD_MS = 100;

/** Maximum time of a request to the service, in milliseconds. */
const OPERATION_MS = 8_000;

export interface TradeInPostgres {
  /** Sends an operation to the gateway. */
  ask: (query: string, signal?: AbortSignal) => Promise<GatewayAnswer & { data: Record<string, unknown> }>;
  /** The health page of the service trade. */
  health: () => Promise<{ status: number; body: Record<string, unknown> }>;
  /** A metric of the service trade, with its labels; undefined if it has no such sample. */
  metric: (name: string) => Promise<number | undefined>;
  /** Records of its log so far. */
  log: Record<string, unknown>[];
  close: () => Promise<void>;
}

/** The graph over HTTP, in this process, with services on a database, among them trade, and the others on files. */
export async function startTradeInPostgres(
  database: DatabaseOptions,
  names: readonly (keyof typeof SERVICES)[] = ['trade'],
  reloadMs = RELOAD_MS,
): Promise<TradeInPostgres> {
  const files = openServices();
  const log: Record<string, unknown>[] = [];
  const logger = pino({ base: null }, { write: (line) => void log.push(JSON.parse(line)) });
  const served: Subgraph[] = [];
  const { meters, countRepeat } = storeMeters(() => served);
  const published = await Promise.all(
    names.map((name) =>
      openPublishedSubgraph(SERVICES[name].definition as SubgraphDefinition<object>, {
        ...database,
        onRepeat: countRepeat(name),
        // As in the program of a service.
        replacedStoreMs: OPERATION_MS,
        log: logger,
      }),
    ),
  );
  served.push(...published);
  const options = { port: 0, host: '127.0.0.1', operationMs: OPERATION_MS };
  const running = await Promise.all([
    ...published.map(async (subgraph) => ({
      name: subgraph.name,
      ...(await serveSubgraph(subgraph, { ...options, meters, log: logger, reloadMs })),
    })),
    ...files.subgraphs
      .filter(({ name }) => !published.some((subgraph) => subgraph.name === name))
      .map(async (subgraph) => ({
        name: subgraph.name,
        ...(await serveSubgraph({ ...subgraph, close: () => {} }, options)),
      })),
  ]);
  const urls = Object.fromEntries(running.map(({ name, url }) => [name, url]));
  const gateway = await startGateway({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    landing: 'none',
    cacheBytes: 0,
    urls,
    ...limitOptions(readConfig(gatewayLimits, {})),
  });
  const at = (path: string) => new URL(path, urls['trade']);
  return {
    log,
    ask: async (query, signal) => {
      const response = await fetch(`${gateway.url}graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        ...(signal && { signal }),
      });
      return (await response.json()) as GatewayAnswer & { data: Record<string, unknown> };
    },
    health: async () => {
      const response = await fetch(at('/health'));
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    metric: async (name) => {
      const text = await (await fetch(at('/metrics'))).text();
      const line = text.split('\n').find((sample) => sample.startsWith(name));
      return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ')));
    },
    close: async () => {
      await gateway.close();
      await Promise.all(running.map(({ close }) => close()));
      files.close();
    },
  };
}
