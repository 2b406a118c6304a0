import { createHash } from 'node:crypto';
import { type Seeded, type SeedingOptions, storeFile } from '@dossier/cli';
import { type Subgraph, type SubgraphOptions, storeMeters, verifyStores } from '@dossier/subgraph-server';
import { supergraphFile } from './config.js';
import { createGraph, type GraphOptions } from './engine/graph.js';
import { type GatewayOptions, type RunningGateway, serveGateway } from './server.js';
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
  supergraph?: string;
  /** Maximum time of one request in milliseconds; unlimited by default. */
  requestMs?: number;
  /** Called with every SQL statement; for tests. */
  onStatement?: (service: string, sql: string) => void;
}

export interface RunningEmbedded extends RunningGateway {
  seeded: Seeded[];
  /** Opens the stores that are in place now, without waiting for the next check. Rejects if one cannot be used. */
  reloadStores: () => Promise<void>;
}

/** Starts the whole graph in one process: the gateway, and four subgraphs with a store each, called in memory. */
export async function startEmbedded(options: EmbeddedOptions): Promise<RunningEmbedded> {
  const { dataDir, seedsDir, documentsDir = null, indexWords = true } = options;
  const { supergraph = supergraphFile, requestMs, onStatement } = options;
  const seeded = seedsDir === null ? [] : await seedAll({ dataDir, seedsDir, documentsDir, indexWords });
  const served: Subgraph[] = [];
  const { meters, observeQuery } = storeMeters(() => served);
  const subgraphs = new Map<string, Subgraph>(
    Object.entries(services).map(([name, { createSubgraph }]) => {
      const subgraphOptions: SubgraphOptions = {
        file: storeFile(dataDir, name),
        documentsDir,
        // A request may fetch from a service again until it has taken `requestMs`.
        replacedStoreMs: Math.min(requestMs ?? MAX_REPLACED_STORE_MS, MAX_REPLACED_STORE_MS),
        onQueryDuration: observeQuery(name),
        onDamage: (reason) => options.log?.error({ store: name, code: 'STORE_DAMAGED', reason }, 'damaged store'),
        onUnusableText: (reason) => options.log?.warn({ reason }, 'unusable text'),
        ...(onStatement && { onStatement: (sql) => onStatement(name, sql) }),
      };
      return [name, createSubgraph(subgraphOptions)];
    }),
  );
  served.push(...subgraphs.values());
  await verifyStores(served, options.log && { log: options.log });
  const graph = await createGraph(
    supergraph,
    (name, _url, types) => {
      const subgraph = subgraphs.get(name);
      if (!subgraph) throw new Error(`The supergraph has a subgraph "${name}" that is not part of this program.`);
      return new EmbeddedDataSource(subgraph, types, options.log, requestMs);
    },
    options,
  );
  const stores = { subgraphs: served, revision: combinedRevision(served) };
  // The handle rather than the revision: a text may have been mounted since, for a store of the same revision.
  const stateOf = (name: string) => {
    const subgraph = subgraphs.get(name);
    return () => subgraph?.storeHandle;
  };
  const close = () => {
    for (const subgraph of subgraphs.values()) subgraph.close();
  };
  const running = await serveGateway(
    graph,
    options,
    { stateOf, maxAgeMs: null, meters: [...graph.meters, ...meters] },
    close,
    stores,
  );
  return {
    ...running,
    seeded,
    reloadStores: async () => {
      for (const subgraph of served) await subgraph.reload();
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
