import { supergraphFile } from './config.js';
import { HttpDataSource } from './dataSource/http.js';
import { createGraph, type Execution } from './graph.js';
import { type GatewayOptions, type RunningGateway, serveGateway } from './server.js';

/** A store that is replaced is noticed by the next answer of its service. Answers that are kept ask no service, so that they are not kept for longer. */
const UNNOTICED_MS = 5_000;

export interface HttpGatewayOptions extends GatewayOptions {
  supergraph?: string;
  /** Whose running of plans; `own` unless said. */
  execution?: Execution;
  /** URLs of subgraphs, over those of the supergraph. */
  urls: Record<string, string | null>;
}

/** The gateway over subgraphs that are processes of their own. It starts whether or not they are up. */
export async function startGateway({ supergraph = supergraphFile, execution = 'own', urls, ...options }: HttpGatewayOptions): Promise<RunningGateway> {
  // One for each address, whatever supergraph names it: its connections outlast the graph.
  const sources = new Map<string, HttpDataSource>();
  const graph = await createGraph(supergraph, execution, (service, named, supertypes) => {
    const url = urls[service] ?? named;
    const source = sources.get(`${service} ${url}`) ?? new HttpDataSource(service, url, supertypes, options.log);
    sources.set(`${service} ${url}`, source);
    return source;
  });
  const revision = () => [graph.digest, ...[...sources.values()].map((source) => source.revision)].join();
  return serveGateway(graph, options, { revision, milliseconds: UNNOTICED_MS, meters: graph.meters }, () => {
    for (const source of sources.values()) void source.close();
  });
}
