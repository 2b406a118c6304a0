import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import Fastify from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { Engine, Gateway } from './engine.js';
import { engineGateway } from './engineGateway.js';
import { tagAnswer } from './entityTag.js';
import { FastLane } from './fastLane.js';
import { type CacheOptions, ResponseCache } from './responseCache.js';

export interface ServerOptions {
  port: number;
  host: string;
  /** Runs the operations: an engine of ours, or a gateway of Apollo's. */
  runs: { engine: Engine } | { gateway: Gateway };
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  plugins?: ApolloServerPlugin[];
  /** Keeps whole answers; without it, none is kept. */
  cache?: CacheOptions;
  /** What `/health` tells beside the status. */
  health: () => Record<string, string>;
  /** Headers of every answer. */
  headers?: Record<string, string>;
  /** Origins that a browser may ask from; without it, none. */
  corsOrigins?: string[];
  /** Whether a page is served at `/`. */
  hasLandingPage?: boolean;
  /** Told when the server has stopped answering. */
  onClose?: () => void;
}

export interface RunningServer {
  /** The address, with a slash at its end. */
  url: string;
  /** Runs an operation without HTTP. */
  execute: (request: { query: string; variables?: Record<string, unknown> }) => Promise<GraphQLResponse>;
  close: () => Promise<void>;
}

/** GraphQL at `/graphql`, health at `/health`: the same for the gateway and for every subgraph. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { port, host, runs, formatError, plugins = [], cache, health, headers = {}, corsOrigins = [], hasLandingPage = false, onClose } = options;
  const app = Fastify({ logger: false });
  const lane = new FastLane(cache ? new ResponseCache(cache) : null);
  const server = new ApolloServer<object>({
    gateway: 'engine' in runs ? engineGateway(runs.engine, (...operation) => lane.keep(...operation)) : runs.gateway,
    formatError,
    csrfPrevention: true,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    plugins: [fastifyApolloDrainPlugin(app), ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled(), ...plugins],
  });
  await server.start();
  if (corsOrigins.length > 0) await app.register(cors, { origin: corsOrigins, methods: ['GET', 'POST', 'OPTIONS'] });
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  const apollo = fastifyApolloHandler(server, { context: async () => ({}) });
  app.get('/health', async () => ({ status: 'UP', ...health() }));
  app.route({ url: '/graphql', method: ['GET', 'OPTIONS'], onSend: tagAnswer, handler: apollo });
  app.route({
    url: '/graphql',
    method: 'POST',
    preHandler: async (request, reply) => {
      const answer = await lane.answer(request.body, request.headers.accept);
      if (!answer) return;
      reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store').send(answer);
      return reply;
    },
    handler: apollo,
  });
  if (hasLandingPage) app.get('/', apollo);
  await app.listen({ port, host });
  const { port: bound } = app.server.address() as { port: number };
  return {
    url: `http://${host === '127.0.0.1' ? 'localhost' : host}:${bound}/`,
    execute: (request) => server.executeOperation(request, { contextValue: {} }),
    close: async () => {
      await app.close();
      await server.stop();
      onClose?.();
    },
  };
}
