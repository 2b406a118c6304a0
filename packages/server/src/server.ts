import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { answerBrokenRequest } from './brokenRequests.js';
import type { Engine, Gateway } from './engine.js';
import { engineGateway } from './engineGateway.js';
import { tagAnswer } from './entityTag.js';
import { FastLane } from './fastLane.js';
import { tellFaults } from './faults.js';
import { type Log, silentLog } from './log.js';
import { Metrics } from './metrics.js';
import { answerProbes } from './probes.js';
import { REQUEST_ID, requestId } from './requestId.js';
import { noteRequests } from './requestLog.js';
import { type CacheOptions, ResponseCache } from './responseCache.js';
import { type LandingPage, serveLandingPage } from './staticFolder.js';

/** Bytes of a request's body at most. */
const BODY_LIMIT = 1024 * 1024;
/** How long a request may take to arrive. */
const REQUEST_MS = 30_000;
/** Longer than load balancers keep a connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 72_000;

export interface ServerOptions {
  port: number;
  host: string;
  /** Runs the operations: an engine of ours, or a gateway of Apollo's. */
  runs: { engine: Engine } | { gateway: Gateway };
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  plugins?: ApolloServerPlugin[];
  /** Keeps whole answers; without it, none is kept. */
  cache?: CacheOptions;
  /** Name of the process in logs and metrics. */
  service: string;
  /** What `/health` and `/metrics` tell of it. */
  facts: Record<string, string>;
  /** Where it logs to; without it, nowhere. */
  log?: Log;
  /** Headers of every answer. */
  headers?: Record<string, string>;
  /** Origins that a browser may ask from; without it, none. */
  corsOrigins?: string[];
  /** The page at `/`; without it, there is none. */
  landingPage?: LandingPage;
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
  const { port, host, runs, formatError, plugins = [], cache, service, facts, log = silentLog, headers = {}, corsOrigins = [], landingPage, onClose } = options;
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    clientErrorHandler: answerBrokenRequest,
  });
  const metrics = new Metrics(service, facts);
  const kept = cache ? new ResponseCache(cache) : null;
  if (kept) metrics.watch(kept);
  const told = (error: GraphQLFormattedError): void => metrics.error(String(error.extensions?.['code'] ?? 'NONE'));
  const lane = new FastLane(kept, told);
  const server = new ApolloServer<object>({
    gateway: 'engine' in runs ? engineGateway(runs.engine, (...operation) => lane.keep(...operation)) : runs.gateway,
    formatError: (formatted, error) => {
      const formattedError = formatError(formatted, error);
      told(formattedError);
      return formattedError;
    },
    csrfPrevention: true,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    logger: log,
    plugins: [fastifyApolloDrainPlugin(app), ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled(), ApolloServerPluginLandingPageDisabled(), ...plugins],
  });
  await server.start();
  if (corsOrigins.length > 0) await app.register(cors, { origin: corsOrigins, methods: ['GET', 'POST', 'OPTIONS'] });
  tellFaults(app);
  noteRequests(app, metrics, log);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({ ...headers, [REQUEST_ID]: request.id });
    done();
  });
  answerProbes(app, metrics, () => ({ service, ...facts }));
  const apollo = fastifyApolloHandler(server, { context: async ({ id }) => ({ requestId: id }) });
  app.route({ url: '/graphql', method: ['GET', 'OPTIONS'], onSend: tagAnswer, handler: apollo });
  app.route({
    url: '/graphql',
    method: 'POST',
    preHandler: async (request, reply) => {
      const answer = await lane.answer(request.body, request.headers.accept, { requestId: request.id });
      if (!answer) return;
      reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', 'no-store').send(answer);
      return reply;
    },
    handler: apollo,
  });
  if (landingPage) await serveLandingPage(app, landingPage);
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
