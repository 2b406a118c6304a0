import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify from 'fastify';
import { formatError } from './errors.js';
import type { Subgraph } from './subgraph.js';

export interface Listening {
  url: string;
  close: () => Promise<void>;
}

/** Serves a subgraph by HTTP at `/graphql`, with its store's revision in every answer. */
export async function serveSubgraph(subgraph: Subgraph, { port, host }: { port: number; host: string }): Promise<Listening> {
  const app = Fastify({ logger: false });
  const server = new ApolloServer<object>({
    schema: subgraph.schema,
    formatError,
    csrfPrevention: true,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    plugins: [fastifyApolloDrainPlugin(app), ApolloServerPluginInlineTraceDisabled()],
  });
  await server.start();
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-dossier-revision', subgraph.revision);
  });
  app.get('/health', async () => ({ status: 'UP', service: subgraph.name, revision: subgraph.revision }));
  app.route({ url: '/graphql', method: ['GET', 'POST', 'OPTIONS'], handler: fastifyApolloHandler(server, { context: async () => subgraph.createContext() }) });
  await app.listen({ port, host });
  const { port: bound } = app.server.address() as { port: number };
  return {
    url: `http://${host}:${bound}/graphql`,
    close: async () => {
      await app.close();
      await server.stop();
      subgraph.close();
    },
  };
}
