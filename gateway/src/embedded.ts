import { createHash } from 'node:crypto';
import * as actors from '@dossier/actors';
import {
  type SeedableDefinition,
  type Seeded,
  type SeedingOptions,
  seedStores,
  showProgress,
  storeFile,
} from '@dossier/cli';
import * as sanctions from '@dossier/sanctions';
import * as statements from '@dossier/statements';
import { type Subgraph, type SubgraphOptions, storeMeters } from '@dossier/subgraph-server';
import * as trade from '@dossier/trade';
import { supergraphFile } from './config.js';
import { createGraph, type GraphOptions } from './engine/graph.js';
import { type GatewayOptions, type RunningGateway, serveGateway } from './server.js';
import { EmbeddedDataSource } from './subgraphs/embedded.js';

const services = { actors, statements, sanctions, trade };

export interface EmbeddedOptions
  extends GatewayOptions,
    Pick<GraphOptions, 'execution' | 'planning'>,
    Pick<SeedingOptions, 'dataDir'> {
  /** Folder of the seeds; null takes the stores as they are. */
  seedsDir: string | null;
  /** Folder with the texts of documents. */
  documentsDir?: string | null;
  supergraph?: string;
  /** Milliseconds that one request may take; any time unless set. */
  requestMs?: number;
  onStatement?: (service: string, sql: string) => void;
}

/** The four services. */
export const definitions: SeedableDefinition[] = Object.values(services).map(({ definition }) => definition);

/** Builds the stores that are missing or of other seeds. */
export function seedAll(options: SeedingOptions): Seeded[] {
  const progress = showProgress();
  try {
    return seedStores(definitions, { ...options, onProgress: progress.onProgress });
  } finally {
    progress.end();
  }
}

/** The whole graph in one process: four subgraphs, each on its own store, called in memory. */
export async function startEmbedded(options: EmbeddedOptions): Promise<RunningGateway & { seeded: Seeded[] }> {
  const { dataDir, seedsDir, documentsDir = null, supergraph = supergraphFile, requestMs, onStatement } = options;
  const seeded = seedsDir === null ? [] : seedAll({ dataDir, seedsDir });
  const served: Subgraph[] = [];
  const { meters, onTimed } = storeMeters(() => served);
  const subgraphs = new Map<string, Subgraph>(
    Object.entries(services).map(([name, { createSubgraph }]) => {
      const subgraphOptions: SubgraphOptions = {
        file: storeFile(dataDir, name),
        documentsDir,
        onTimed: onTimed(name),
        ...(onStatement && { onStatement: (sql) => onStatement(name, sql) }),
      };
      return [name, createSubgraph(subgraphOptions)];
    }),
  );
  served.push(...subgraphs.values());
  const graph = await createGraph(
    supergraph,
    (name, _url, types) => {
      const subgraph = subgraphs.get(name);
      if (!subgraph) throw new Error(`The supergraph names a subgraph "${name}" that this program does not hold.`);
      return new EmbeddedDataSource(subgraph, types, options.log, requestMs);
    },
    options,
  );
  const stores = { subgraphs: served, revision: combined(served) };
  // Not its revision: a text that was mounted meanwhile is served with a store of the same one.
  const stateOf = (name: string) => {
    const subgraph = subgraphs.get(name);
    return () => subgraph?.serving;
  };
  const close = () => {
    for (const subgraph of subgraphs.values()) subgraph.close();
  };
  const running = await serveGateway(
    graph,
    options,
    { stateOf, milliseconds: null, meters: [...graph.meters, ...meters] },
    close,
    stores,
  );
  return { ...running, seeded };
}

/** A digest of the revisions, made anew only when one of them changed: every request asks for it. */
function combined(subgraphs: readonly Subgraph[]): () => string {
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
