import { startGateway } from '@dossier/gateway';
import { serveSubgraph } from '@dossier/subgraph-server';
import { openServices } from '../support/services.js';

/** A port on which nothing listens. */
const NOBODY = 'http://127.0.0.1:9/graphql';

export interface ReducedGraph {
  url: string;
  close: () => Promise<void>;
}

/** The graph over HTTP with one of its services down. */
export async function startGraphWithout(missing: string): Promise<ReducedGraph> {
  const services = openServices();
  const running = await Promise.all(
    services.subgraphs
      .filter(({ name }) => name !== missing)
      .map(async (subgraph) => ({
        name: subgraph.name,
        ...(await serveSubgraph(subgraph, { port: 0, host: '127.0.0.1' })),
      })),
  );
  const gateway = await startGateway({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    urls: { [missing]: NOBODY, ...Object.fromEntries(running.map(({ name, url }) => [name, url])) },
  });
  return {
    url: gateway.url,
    close: async () => {
      await gateway.close();
      for (const { close } of running) await close();
      services.close();
    },
  };
}
