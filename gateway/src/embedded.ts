import * as actors from '@dossier/actors';
import * as sanctions from '@dossier/sanctions';
import * as statements from '@dossier/statements';
import { type Seeded, type SeedingOptions, type Subgraph, type SubgraphOptions, seedStores, storeFile, storeMeters } from '@dossier/subgraph';
import * as trade from '@dossier/trade';
import { supergraphFile } from './config.js';
import { EmbeddedDataSource } from './dataSource/embedded.js';
import { createGraph, type Execution } from './graph.js';
import { type GatewayOptions, type RunningGateway, serveGateway } from './server.js';

const services = { actors, statements, sanctions, trade };

export interface EmbeddedOptions extends GatewayOptions, Pick<SeedingOptions, 'dataDir'> {
  /** Folder of the seeds; null takes the stores as they are. */
  seedsDir: string | null;
  /** Folder with the texts of documents. */
  documentsDir?: string | null;
  supergraph?: string;
  /** Whose running of plans; `own` unless said. */
  execution?: Execution;
  onStatement?: (service: string, sql: string) => void;
}

/** Builds the stores that are missing or of other seeds. */
export const seedAll = (options: SeedingOptions): Seeded[] =>
  seedStores(
    Object.values(services).map(({ definition }) => definition),
    options,
  );

/** The whole graph in one process: four subgraphs, each on its own store, called in memory. */
export async function startEmbedded(options: EmbeddedOptions): Promise<RunningGateway & { seeded: Seeded[] }> {
  const { dataDir, seedsDir, documentsDir = null, supergraph = supergraphFile, execution = 'own', onStatement } = options;
  const seeded = seedsDir === null ? [] : seedAll({ dataDir, seedsDir });
  const stores: Subgraph[] = [];
  const { meters, onTimed } = storeMeters(() => stores);
  const subgraphs = new Map<string, Subgraph>(
    Object.entries(services).map(([name, { createSubgraph }]) => {
      const subgraphOptions: SubgraphOptions = { file: storeFile(dataDir, name), documentsDir, onTimed: onTimed(name), ...(onStatement && { onStatement: (sql) => onStatement(name, sql) }) };
      return [name, createSubgraph(subgraphOptions)];
    }),
  );
  stores.push(...subgraphs.values());
  const graph = await createGraph(supergraph, execution, (name, _url, supertypes) => {
    const subgraph = subgraphs.get(name);
    if (!subgraph) throw new Error(`The supergraph names a subgraph "${name}" that this program does not hold.`);
    return new EmbeddedDataSource(subgraph, supertypes, options.log);
  });
  const revision = [...subgraphs.values()].map((subgraph) => subgraph.revision).join();
  const running = await serveGateway(graph.runs, options, { revision: () => revision, milliseconds: null, meters: [...graph.meters, ...meters] }, () => {
    for (const subgraph of subgraphs.values()) subgraph.close();
  });
  return { ...running, seeded };
}
