import {
  type CacheOptions,
  type Log,
  type Meter,
  type RunningServer,
  reloadMeter,
  type ServerOptions,
  startServer,
} from '@dossier/http-server';
import { combinedState, damagedStores, type Subgraph, watchFile, watchStore } from '@dossier/subgraph-server';
import type { Graph } from './engine/graph.js';
import { type Landing, landingPage } from './landing.js';
import { readerPages } from './readerPages.js';

export interface GatewayOptions
  extends Pick<
    ServerOptions,
    | 'probePort'
    | 'timeouts'
    | 'maxConnectionMs'
    | 'requestLog'
    | 'rateLimit'
    | 'allowedHosts'
    | 'secrets'
    | 'compress'
    | 'notReadyReason'
    | 'limits'
    | 'maxVariablesBytes'
    | 'introspection'
    | 'trusted'
    | 'trustedOnly'
    | 'maxResponseBytes'
    | 'propagatedHeaders'
  > {
  port: number;
  host: string;
  corsOrigins: string[];
  /** Response cache size in bytes; 0 (the default) disables the cache. */
  cacheBytes?: number;
  /** How often to check for a replaced supergraph or store, in milliseconds; 0 (the default) disables the check. */
  reloadMs?: number;
  /** The page at `/`; `sandbox` by default. */
  landing?: Landing;
  /** Serves MCP at `/mcp`; not by default. `publicUrl` is for links in results, with a trailing slash; null for no links. */
  mcp?: { publicUrl: string | null };
  /** No logging if left out. */
  log?: Log;
}

/** A running gateway. Its `url` is that of the landing page; GraphQL is at `/graphql`. */
export type RunningGateway = RunningServer;

/** The stores in this process. */
export interface Stores {
  subgraphs: readonly Subgraph[];
  /** Hash of their revisions. */
  revision: () => string;
}

/**
 * Serves the graph: GraphQL at `/graphql`, the landing page at `/`, the reader at `/reader`. Reloads the supergraph, and the stores
 * in this process, when they are replaced. `onClose` runs after the server and the graph are closed.
 */
export const serveGateway = async (
  graph: Graph,
  { cacheBytes = 0, reloadMs = 0, landing = 'sandbox', mcp, ...options }: GatewayOptions,
  sources: Pick<CacheOptions, 'stateOf' | 'maxAgeMs'> & { meters: readonly Meter[] },
  onClose: () => void | Promise<void>,
  stores?: Stores,
): Promise<RunningGateway> => {
  const page = landingPage(landing);
  const { log } = options;
  const watcher = watchGraph(graph, stores?.subgraphs ?? [], { reloadMs, log });
  const onMcpError = (error: Error) => log?.error({ err: error }, 'MCP tool failed');
  return startServer({
    ...options,
    execution: graph.execution,
    cache: { maxBytes: cacheBytes, stateOf: sources.stateOf, maxAgeMs: sources.maxAgeMs },
    meters: [...sources.meters, watcher.meter],
    service: 'gateway',
    info: factsOf(graph, stores),
    notReadyReason: () => options.notReadyReason?.() ?? damagedStores(stores?.subgraphs ?? []),
    ...(page && { landingPage: page }),
    pages: page ? [readerPages()] : [],
    // Loaded on demand: MCP is off by default.
    endpoints: mcp ? [(await import('@dossier/mcp')).mcpEndpoint({ ...mcp, onError: onMcpError })] : [],
    onClose: async () => {
      watcher.stop();
      await graph.close();
      await onClose();
    },
  });
};

/** Reloads the supergraph, and the stores in this process, when they are replaced. */
export function watchGraph(
  graph: Graph,
  subgraphs: readonly Subgraph[],
  { reloadMs, log }: { reloadMs: number; log?: Log | undefined },
): { meter: Meter; stop: () => void } {
  const reloads = reloadMeter();
  const options = { intervalMs: reloadMs, reloads, ...(log && { log }) };
  const reload = async () => {
    await graph.reload();
    return { graph: graph.digest };
  };
  const watchers = [
    watchFile({ what: 'supergraph', file: graph.file, initialKey: graph.fileKey, reload }, options),
    ...subgraphs.map((subgraph) => watchStore(subgraph, options)),
  ];
  return {
    meter: reloads.meter,
    stop: () => {
      for (const { stop } of watchers) stop();
    },
  };
}

/** Facts for the health check. They are getters, since a reload changes them. */
const factsOf = (graph: Graph, stores: Stores | undefined): Record<string, string> =>
  Object.defineProperties(
    {},
    {
      graph: { enumerable: true, get: () => graph.digest },
      ...(stores && {
        revision: { enumerable: true, get: stores.revision },
        store: { enumerable: true, get: () => combinedState(stores.subgraphs) },
      }),
      ...Object.fromEntries(
        (stores?.subgraphs ?? []).map((subgraph) => [
          subgraph.name,
          { enumerable: true, get: () => subgraph.revision },
        ]),
      ),
    },
  );
