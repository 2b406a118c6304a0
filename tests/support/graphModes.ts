import { startGateway } from '@dossier/gateway';
import { serveSubgraph } from '@dossier/subgraph-server';
import { startGraph } from './graph.js';
import { openServices } from './services.js';

/** The whole graph in one process, a gateway over services, and a gateway that cannot reach the service `statements`. */
export type GraphMode = 'in one process' | 'over services' | 'without statements';

export interface GraphModes {
  /** Sends an operation. The result is that of the whole response body. */
  query: <Response>(mode: GraphMode, query: string, variables?: Record<string, unknown>) => Promise<Response>;
  /** URL of the gateway over services, with a trailing slash. */
  gatewayUrl: string;
  close: () => Promise<void>;
}

/** Starts the graph in each mode, on stores of the real seeds. */
export async function startGraphModes(): Promise<GraphModes> {
  const graph = await startGraph();
  const services = openServices();
  const served = await Promise.all(
    services.subgraphs.map((subgraph) =>
      serveSubgraph({ ...subgraph, close: () => {} }, { port: 0, host: '127.0.0.1' }),
    ),
  );
  const urls = Object.fromEntries(services.subgraphs.map(({ name }, index) => [name, served[index]?.url ?? '']));
  const options = { port: 0, host: '127.0.0.1', corsOrigins: [], landing: 'none' as const };
  const gateway = await startGateway({ ...options, urls });
  const withoutStatements = await startGateway({
    ...options,
    urls: { ...urls, statements: 'http://127.0.0.1:9/graphql' },
  });
  const urlOf: Record<GraphMode, string> = {
    'in one process': graph.url,
    'over services': gateway.url,
    'without statements': withoutStatements.url,
  };
  return {
    query: async <Response>(mode: GraphMode, query: string, variables?: Record<string, unknown>) => {
      const response = await fetch(`${urlOf[mode]}graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Response;
    },
    gatewayUrl: gateway.url,
    close: async () => {
      for (const { close } of [graph, gateway, withoutStatements, ...served]) await close();
      services.close();
    },
  };
}
