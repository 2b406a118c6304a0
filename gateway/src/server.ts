import {
  type CacheOptions,
  type Log,
  type Meter,
  type RunningServer,
  reloadMeter,
  type ServerOptions,
  startServer,
} from '@dossier/http-server';
import { type Subgraph, watchFile, watchStore } from '@dossier/subgraph-server';
import type { Graph } from './engine/graph.js';
import { type Landing, landingPage } from './landing.js';
import { readerPages } from './readerPages.js';

export interface GatewayOptions
  extends Pick<
    ServerOptions,
    | 'probePort'
    | 'arrivalMs'
    | 'rateLimit'
    | 'allowedHosts'
    | 'compress'
    | 'readiness'
    | 'limits'
    | 'variablesBytes'
    | 'introspection'
    | 'trusted'
    | 'trustedOnly'
    | 'responseBytes'
    | 'propagatedHeaders'
  > {
  port: number;
  host: string;
  corsOrigins: string[];
  /** Bytes of whole answers kept; 0, or where it is left out, none. */
  cacheBytes?: number;
  /** How often it is looked whether another supergraph or store was put in place; 0 or nothing, never. */
  reloadMs?: number;
  /** What is at `/`; Sandbox unless said. */
  landing?: Landing;
  /** Where it logs to; without it, nowhere. */
  log?: Log;
}

/** A gateway that answers: a page to explore it at its `url`, GraphQL at `/graphql` of it. */
export type RunningGateway = RunningServer;

/** What beside the supergraph the answers are made from, in this process. */
export interface Stores {
  subgraphs: readonly Subgraph[];
  /** Digest of their revisions. */
  revision: () => string;
}

/** One endpoint over the composed graph: GraphQL at `/graphql`, a page to explore it at `/`, the reader at `/reader`. It moves to each supergraph, and to each store of its own, that is put in place. */
export const serveGateway = async (
  graph: Graph,
  { cacheBytes = 0, reloadMs = 0, landing = 'sandbox', ...options }: GatewayOptions,
  made: Pick<CacheOptions, 'stateOf' | 'milliseconds'> & { meters: readonly Meter[] },
  onClose: () => void | Promise<void>,
  stores?: Stores,
): Promise<RunningGateway> => {
  const page = landingPage(landing);
  const reloads = reloadMeter();
  const following = { everyMs: reloadMs, reloads, ...(options.log && { log: options.log }) };
  const take = async () => {
    await graph.reload();
    return { graph: graph.digest };
  };
  const followed = [
    watchFile({ what: 'supergraph', file: graph.file, seen: graph.fileKey, take }, following),
    ...(stores?.subgraphs ?? []).map((subgraph) => watchStore(subgraph, following)),
  ];
  return startServer({
    ...options,
    runs: graph.runs,
    cache: { bytes: cacheBytes, stateOf: made.stateOf, milliseconds: made.milliseconds },
    meters: [...made.meters, reloads.meter],
    service: 'gateway',
    facts: factsOf(graph, stores),
    ...(stores && {
      headers: {
        get 'x-dossier-revision'() {
          return stores.revision();
        },
      },
    }),
    ...(page && { landingPage: page }),
    pages: page ? [readerPages] : [],
    onClose: async () => {
      for (const { stop } of followed) stop();
      await graph.close();
      await onClose();
    },
  });
};

/** Read each time they are told: all of them may change while the gateway runs. */
const factsOf = (graph: Graph, stores: Stores | undefined): Record<string, string> =>
  Object.defineProperties(
    {},
    {
      graph: { enumerable: true, get: () => graph.digest },
      ...(stores && { revision: { enumerable: true, get: stores.revision } }),
      ...Object.fromEntries(
        (stores?.subgraphs ?? []).map((subgraph) => [
          subgraph.name,
          { enumerable: true, get: () => subgraph.revision },
        ]),
      ),
    },
  );
