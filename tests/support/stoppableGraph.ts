import { gatewayLimits, limitOptions, readConfig } from '@dossier/config';
import { type RunningGateway, startGateway } from '@dossier/gateway';
import { type RunningSubgraph, serveSubgraph } from '@dossier/subgraph-server';
import { openServices } from './services.js';

export interface StoppableGraph {
  /** URL of the GraphQL endpoint. */
  url: string;
  gateway: RunningGateway;
  /** Stops a service: the gateway cannot connect to it. */
  stop: (service: string) => Promise<void>;
  /** Starts it again, on the same port. */
  start: (service: string) => Promise<void>;
  /** Starts all services that are stopped. */
  startAll: () => Promise<void>;
  close: () => Promise<void>;
}

/** The gateway over the four services by HTTP, each of which can be stopped and started again. */
export async function startStoppableGraph(): Promise<StoppableGraph> {
  const services = openServices();
  const running = new Map<string, RunningSubgraph>();
  const ports = new Map<string, number>();
  const start = async (name: string) => {
    const subgraph = services.subgraphs.find((known) => known.name === name);
    if (!subgraph) throw new Error(`There is no service "${name}".`);
    const served = await serveSubgraph(
      { ...subgraph, close: () => {} },
      { port: ports.get(name) ?? 0, host: '127.0.0.1' },
    );
    ports.set(name, Number(new URL(served.url).port));
    running.set(name, served);
  };
  const stop = async (name: string) => {
    await running.get(name)?.close();
    running.delete(name);
  };
  const startAll = async () => {
    for (const { name } of services.subgraphs) if (!running.has(name)) await start(name);
  };
  await startAll();
  const gateway = await startGateway({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    landing: 'none',
    urls: Object.fromEntries([...running].map(([name, { url }]) => [name, url])),
    ...limitOptions(readConfig(gatewayLimits, {})),
  });
  return {
    url: `${gateway.url}graphql`,
    gateway,
    stop,
    start,
    startAll,
    close: async () => {
      await gateway.close();
      for (const name of [...running.keys()]) await stop(name);
      services.close();
    },
  };
}
