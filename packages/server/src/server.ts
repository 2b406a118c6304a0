import { ApolloServer, type ApolloServerPlugin, type GraphQLResponse } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import { inherit, stopTracing } from '@dossier/tracing';
import type { FastifyInstance, onRequestHookHandler, RouteHandlerMethod } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { Admission, type AdmissionOptions } from './admission.js';
import { answerGraphql } from './answer.js';
import { type AppOptions, createApp } from './app.js';
import { brief, tellFirstErrors } from './brevity.js';
import { compressAnswer } from './compression.js';
import { keptDocuments } from './documents.js';
import type { Engine, Gateway } from './engine.js';
import { engineGateway } from './engineGateway.js';
import { tagAnswer } from './entityTag.js';
import { FastLane } from './fastLane.js';
import { RequestFault } from './faults.js';
import { type LandingPage, serveLandingPage } from './landingPage.js';
import { type Log, silentLog } from './log.js';
import type { Meter } from './meters.js';
import { Metrics } from './metrics.js';
import { needHost, negotiate } from './negotiation.js';
import { type StaticPages, servePages } from './pages.js';
import { answerProbes, startProbes } from './probes.js';
import { limitRate, type RateLimitOptions } from './rateLimit.js';
import { ClientContext } from './requestContext.js';
import { type CacheOptions, ResponseCache } from './responseCache.js';
import { needSecret } from './secret.js';
import { stopListening } from './stopListening.js';
import { traceRequests } from './traces.js';
import { refuseUnresolved } from './unresolved.js';

const METHODS = 'GET, POST, OPTIONS';

export interface ServerOptions extends Pick<AppOptions, 'arrivalMs'>, AdmissionOptions {
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
  /** Why it should be given no requests, in words that anyone may read; null where it may be. Without it, it always may. */
  readiness?: () => string | null;
  /** What is measured by those who run the operations. */
  meters?: readonly Meter[];
  /** Port of health and metrics, if they are to have one of their own: then they are answered there only. */
  probePort?: number | null;
  /** Refuses clients that ask too often; without it, none. */
  rateLimit?: RateLimitOptions | null;
  /** What clients of GraphQL have to show; without it, anybody is answered. Health and metrics are open. */
  secret?: string | null;
  /** Whether large answers are compressed for clients that take that; they are unless said. */
  compress?: boolean;
  /** Whether clients may ask what the schema is; they may unless said. Where not, no message suggests a name of it either. */
  introspection?: boolean;
  /** Where it logs to; without it, nowhere. */
  log?: Log;
  /** Headers of every answer. */
  headers?: Record<string, string>;
  /** Origins that a browser may ask from; without it, none. */
  corsOrigins?: string[];
  /** The page at `/`; without it, there is none. */
  landingPage?: LandingPage;
  /** Folders of built pages, each under a path of its own. */
  pages?: readonly StaticPages[];
  /** Told when the server has stopped answering. */
  onClose?: () => void;
}

export interface RunningServer {
  /** The address, with a slash at its end. */
  url: string;
  /** The address of health and metrics, with a slash at its end; that of the server unless they have a port of their own. */
  probeUrl: string;
  /** Runs an operation without HTTP. */
  execute: (request: { query: string; variables?: Record<string, unknown> }) => Promise<GraphQLResponse>;
  /** From now on it says that it is not ready, so that it is asked no more; all else goes on. */
  announceStop: () => void;
  /** Takes no more connections, and closes each after the answer under way; it still answers on those that there are. */
  drain: () => void;
  /** Takes no more requests, finishes those under way, and ends. */
  close: () => Promise<void>;
}

/** GraphQL at `/graphql`, health at `/health`: the same for the gateway and for every subgraph. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { port, host, runs, formatError, plugins = [], cache, service, facts, log = silentLog, headers = {}, corsOrigins = [], landingPage, pages = [], onClose } = options;
  const { readiness = () => null, meters = [], probePort = null, rateLimit = null, secret = null, compress = true, introspection = true, arrivalMs } = options;
  let state: 'up' | 'leaving' | 'draining' | 'closing' = 'up';
  const metrics = new Metrics(service, facts, meters);
  const app = await createApp({ log, metrics, headers, corsOrigins, isStopping: () => state === 'draining' || state === 'closing', ...(arrivalMs && { arrivalMs }) });
  traceRequests(app);
  const kept = cache ? new ResponseCache(cache) : null;
  if (kept) metrics.watch(kept);
  const told = (error: GraphQLFormattedError): void => metrics.error(String(error.extensions?.['code'] ?? 'NONE'));
  const admission = new Admission(options);
  const lane = new FastLane(kept, told);
  const server = new ApolloServer<object>({
    gateway:
      'engine' in runs
        ? engineGateway(
            runs.engine,
            (...operation) => lane.keep(...operation),
            () => lane.forget(),
          )
        : runs.gateway,
    formatError: (formatted, error) => {
      const formattedError = brief(formatError(formatted, error));
      told(formattedError);
      return formattedError;
    },
    // The program itself ends on a signal: two who close the same server wait for each other.
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    // They are found before it is asked.
    persistedQueries: false,
    documentStore: keptDocuments(),
    includeStacktraceInErrorResponses: false,
    logger: log,
    plugins: [
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      { serverWillStart: async () => ({ schemaDidLoadOrUpdate: ({ apiSchema, coreSupergraphSdl = '' }) => admission.use(apiSchema, coreSupergraphSdl) }) },
      refuseUnresolved,
      tellFirstErrors,
      ...plugins,
    ],
  });
  await server.start();
  const health = { facts: () => ({ service, ...facts }), unready: () => (state === 'up' ? readiness() : 'stopping') };
  if (probePort === null) answerProbes(app, metrics, health);

  const refuseLate: onRequestHookHandler = (_request, _reply, done) => done(state === 'closing' ? new RequestFault('SHUTTING_DOWN') : undefined);
  const onRequest = [refuseLate, ...(secret === null ? [] : [needSecret(secret)]), needHost, ...(rateLimit ? [await limitRate(app, rateLimit)] : []), negotiate];
  const compressing = compress ? [compressAnswer] : [];
  const apollo = fastifyApolloHandler(server, { context: async (request, { raw }) => inherit(request, new ClientContext(request.id, raw)) });
  const handler = answerGraphql(admission, lane, apollo as RouteHandlerMethod);
  app.route({ url: '/graphql', method: 'GET', onRequest, onSend: [tagAnswer, ...compressing], handler });
  app.route({ url: '/graphql', method: 'POST', onRequest, onSend: compressing, handler });
  app.options('/graphql', async (_request, reply) => reply.code(204).header('allow', METHODS).send());
  if (landingPage) await serveLandingPage(app, landingPage);
  await servePages(app, pages);
  const probes = probePort === null ? null : await startProbes(probePort, host, { log, metrics }, health);
  await app.listen({ port, host });
  const urlOf = (listening: FastifyInstance) => `http://${host === '127.0.0.1' ? 'localhost' : host}:${(listening.server.address() as { port: number }).port}/`;
  return {
    url: urlOf(app),
    probeUrl: urlOf(probes ?? app),
    execute: (request) => server.executeOperation(request, { contextValue: {} }),
    announceStop: () => {
      state = 'leaving';
    },
    drain: () => {
      state = 'draining';
      stopListening(app.server);
    },
    close: async () => {
      state = 'closing';
      await app.close();
      await server.stop();
      await probes?.close();
      await stopTracing();
      onClose?.();
    },
  };
}
