import { ApolloServer, type GraphQLResponse } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import Fastify from 'fastify';
import { eachErrorOnce, formatError } from './errors.js';
import { firstOperation } from './firstOperation.js';
import type { Gateway } from './gateway.js';

export interface GatewayOptions {
  port: number;
  host: string;
  corsOrigins: string[];
}

export interface RunningGateway {
  /** Where Sandbox is; GraphQL is at `/graphql` of it. */
  url: string;
  /** Runs an operation without HTTP. */
  execute: (request: { query: string; variables?: Record<string, unknown> }) => Promise<GraphQLResponse>;
  close: () => Promise<void>;
}

/** One endpoint over the composed graph: GraphQL at `/graphql`, Sandbox at `/`. */
export async function serveGateway(gateway: Gateway, { port, host, corsOrigins }: GatewayOptions): Promise<RunningGateway> {
  const app = Fastify({ logger: false });
  const server = new ApolloServer<object>({
    gateway,
    formatError,
    csrfPrevention: true,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    plugins: [fastifyApolloDrainPlugin(app), ApolloServerPluginLandingPageLocalDefault({ embed: true, includeCookies: false, document: firstOperation }), eachErrorOnce],
  });
  await server.start();
  await app.register(cors, { origin: corsOrigins, methods: ['GET', 'POST', 'OPTIONS'] });
  const handler = fastifyApolloHandler(server, { context: async () => ({}) });
  app.get('/health', async () => ({ status: 'UP', service: 'gateway' }));
  app.route({ url: '/graphql', method: ['GET', 'POST'], handler });
  // A browser gets Sandbox here; whatever asks for something else is told as by GraphQL.
  app.get('/', handler);
  await app.listen({ port, host });
  const { port: bound } = app.server.address() as { port: number };
  return {
    url: `http://${host === '127.0.0.1' ? 'localhost' : host}:${bound}/`,
    execute: (request) => server.executeOperation(request, { contextValue: {} }),
    close: async () => {
      await app.close();
      await server.stop();
    },
  };
}
