import { createHash } from 'node:crypto';
import { type Seeded, type SeedingOptions, storeFile } from '@dossier/cli';
import { createExecutor, type Executor, type Meter } from '@dossier/http-server';
import type { DatabaseOptions } from '@dossier/store/postgres';
import {
  openPublishedSubgraph,
  type Subgraph,
  type SubgraphDefinition,
  storeMeters,
  verifyStores,
} from '@dossier/subgraph-server';
import { supergraphFile } from './config.js';
import { createGraph, type Graph, type GraphOptions } from './engine/graph.js';
import { type GatewayOptions, type RunningGateway, serveGateway, watchGraph } from './server.js';
import { seedAll, services } from './services.js';
import { EmbeddedDataSource } from './subgraphs/embedded.js';

/** Maximum time that a replaced store stays open after its last use, in milliseconds. */
const MAX_REPLACED_STORE_MS = 60_000;

export interface EmbeddedOptions
  extends GatewayOptions,
    Pick<GraphOptions, 'execution' | 'planning'>,
    Pick<SeedingOptions, 'dataDir'> {
  /** Folder of the seeds; null to serve the stores as they are. */
  seedsDir: string | null;
  /** Folder with the texts of documents; null if none is mounted. */
  documentsDir?: string | null;
  /** Whether stores that are built have the words of mounted texts; true by default. */
  indexWords?: boolean;
  /** The database to read the stores from; null or absent: they are files in `dataDir`. */
  database?: DatabaseOptions | null;
  supergraph?: string;
  /** Maximum time of one request in milliseconds; unlimited by default. */
  requestMs?: number;
  /** Called with every SQL statement; for tests. */
  onStatement?: (service: string, sql: string) => void;
}

type GraphInProcessOptions = Pick<
  EmbeddedOptions,
  | 'dataDir'
  | 'documentsDir'
  | 'database'
  | 'supergraph'
  | 'requestMs'
  | 'onStatement'
  | 'execution'
  | 'planning'
  | 'log'
>;

/** The graph with its four subgraphs in this process, each with a store, without a server. */
interface GraphInProcess {
  graph: Graph;
  subgraphs: ReadonlyMap<string, Subgraph>;
  /** Metrics of the stores. */
  meters: Meter[];
  /** Closes the stores. */
  closeStores: () => void;
}

/** Opens the existing stores and loads the supergraph. */
async function openGraph(options: GraphInProcessOptions): Promise<GraphInProcess> {
  const { dataDir, documentsDir = null, supergraph = supergraphFile, requestMs, onStatement, log } = options;
  const { database = null } = options;
  const served: Subgraph[] = [];
  const { meters, observeQuery, countRepeat } = storeMeters(() => served);
  const subgraphs = new Map<string, Subgraph>();
  try {
    for (const [name, { createSubgraph, definition }] of Object.entries(services)) {
      const common = {
        documentsDir,
        // A request may fetch from a service again until it has taken `requestMs`.
        replacedStoreMs: Math.min(requestMs ?? MAX_REPLACED_STORE_MS, MAX_REPLACED_STORE_MS),
        onQueryDuration: observeQuery(name),
        onUnusableText: (reason: string) => log?.warn({ reason }, 'unusable text'),
      };
      const subgraph = database
        ? await openPublishedSubgraph(definition as SubgraphDefinition<object>, {
            ...common,
            ...database,
            onRepeat: countRepeat(name),
            ...(log && { log }),
          })
        : createSubgraph({
            ...common,
            file: storeFile(dataDir, name),
            onDamage: (reason) => log?.error({ store: name, code: 'STORE_DAMAGED', reason }, 'damaged store'),
            ...(onStatement && { onStatement: (sql: string) => onStatement(name, sql) }),
          });
      subgraphs.set(name, subgraph);
    }
  } catch (error) {
    for (const subgraph of subgraphs.values()) subgraph.close();
    throw error;
  }
  served.push(...subgraphs.values());
  await verifyStores(served, log && { log });
  const graph = await createGraph(
    supergraph,
    (name, _url, types) => {
      const subgraph = subgraphs.get(name);
      if (!subgraph) throw new Error(`The supergraph has a subgraph "${name}" that is not part of this program.`);
      return new EmbeddedDataSource(subgraph, types, log, requestMs);
    },
    options,
  );
  const closeStores = () => {
    for (const subgraph of served) subgraph.close();
  };
  return { graph, subgraphs, meters, closeStores };
}

export interface RunningEmbedded extends RunningGateway {
  seeded: Seeded[];
  /** Opens the stores that this process has just built, without checking them again. Rejects if one cannot be used. */
  reloadStores: () => Promise<void>;
}

/** Starts the whole graph in one process: the gateway, and four subgraphs with a store each, called in memory. */
export async function startEmbedded(options: EmbeddedOptions): Promise<RunningEmbedded> {
  const { dataDir, seedsDir, documentsDir = null, indexWords = true } = options;
  const seeded = seedsDir === null ? [] : await seedAll({ dataDir, seedsDir, documentsDir, indexWords });
  const { graph, subgraphs, meters, closeStores } = await openGraph(options);
  const served = [...subgraphs.values()];
  const stores = { subgraphs: served, revision: combinedRevision(served) };
  // The handle rather than the revision: a text may have been mounted since, for a store of the same revision.
  const stateOf = (name: string) => {
    const subgraph = subgraphs.get(name);
    return () => subgraph?.storeHandle;
  };
  const running = await serveGateway(
    graph,
    options,
    { stateOf, maxAgeMs: null, meters: [...graph.meters, ...meters] },
    closeStores,
    stores,
  );
  return {
    ...running,
    seeded,
    reloadStores: async () => {
      for (const subgraph of served) await subgraph.reload({ isChecked: true });
    },
  };
}

/** The whole graph in one process, without a server: on existing stores, which are reloaded when they are replaced. */
export async function openEmbedded({
  reloadMs = 0,
  ...options
}: GraphInProcessOptions &
  Pick<GatewayOptions, 'reloadMs' | 'limits' | 'maxResponseBytes' | 'introspection'>): Promise<Executor> {
  const { graph, subgraphs, closeStores } = await openGraph(options);
  const watcher = watchGraph(graph, [...subgraphs.values()], { reloadMs, log: options.log });
  const { execute, close } = await createExecutor({ ...options, execution: graph.execution });
  return {
    execute,
    close: async () => {
      watcher.stop();
      await close();
      await graph.close();
      closeStores();
    },
  };
}

/** Returns a function that hashes the revisions of all stores. It is called for every request, so it hashes only after a change. */
function combinedRevision(subgraphs: readonly Subgraph[]): () => string {
  let seen = subgraphs.map(() => '');
  let digest = '';
  return () => {
    if (subgraphs.some(({ revision }, index) => revision !== seen[index])) {
      seen = subgraphs.map(({ revision }) => revision);
      digest = createHash('sha256').update(seen.join()).digest('hex').slice(0, 16);
    }
    return digest;
  };
}
