import { toObjMap } from '@dossier/graphql';
import { stopTracing } from '@dossier/telemetry';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { type AppOptions, createApp } from './app.js';
import { tagAnswer } from './cache/entityTag.js';
import { type CacheOptions, ResponseCache } from './cache/responseCache.js';
import { stopListening } from './connections/stopListening.js';
import { HttpError } from './errors/httpError.js';
import type { Meter } from './health/meters.js';
import { Metrics } from './health/metrics.js';
import { answerProbes, startProbes } from './health/probes.js';
import { type Log, silentLog } from './logging/log.js';
import { traceRequests } from './logging/traces.js';
import { compressAnswer } from './pages/compression.js';
import { type LandingPage, serveLandingPage } from './pages/landingPage.js';
import { type StaticPages, servePages } from './pages/pages.js';
import { type ApolloOptions, apolloEngine } from './request/apolloEngine.js';
import { costLimit } from './request/costLimit.js';
import type { Engine, EngineAnswer } from './request/engine.js';
import { graphqlHandler, type HandlerOptions } from './request/graphqlHandler.js';
import { allowedHosts, checkHost } from './request/hosts.js';
import { negotiate } from './request/negotiation.js';
import { clientNamedBy, limitRate, type RateLimitOptions } from './request/rateLimit.js';
import { needSecret } from './request/secret.js';
import { addVary } from './request/vary.js';

const METHODS = 'GET, HEAD, POST, OPTIONS';

export interface ServerOptions
  extends Pick<AppOptions, 'arrivalMs'>,
    Pick<
      HandlerOptions,
      'limits' | 'introspection' | 'trusted' | 'trustedOnly' | 'variablesBytes' | 'responseBytes' | 'propagatedHeaders'
    > {
  port: number;
  host: string;
  /** What executes operations: an engine of ours, or Apollo Server over a gateway of Apollo's. */
  runs: { engine: Engine } | { apollo: Pick<ApolloOptions, 'gateway' | 'formatError' | 'plugins'> };
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
  /** Hosts that requests may name, with or without a port; `*` for any. Unless set: on a loopback address its own names, else any. */
  allowedHosts?: readonly string[] | null;
  /** Refuses clients that ask too often; without it, none. */
  rateLimit?: RateLimitOptions | null;
  /** What clients of GraphQL have to show; without it, anybody is answered. Health and metrics are open. */
  secret?: string | null;
  /** Whether large answers are compressed for clients that take that; they are unless said. */
  compress?: boolean;
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
  onClose?: () => void | Promise<void>;
}

export interface RunningServer {
  /** The address, with a slash at its end. */
  url: string;
  /** The address of health and metrics, with a slash at its end; that of the server unless they have a port of their own. */
  probeUrl: string;
  /** Runs an operation without HTTP. */
  execute: (request: {
    query: string;
    operationName?: string;
    variables?: Record<string, unknown>;
  }) => Promise<EngineAnswer>;
  /** From now on it says that it is not ready, so that it is asked no more; all else goes on. */
  announceStop: () => void;
  /** Takes no more connections, and closes each after the answer under way; it still answers on those that there are. */
  drain: () => void;
  /** Takes no more requests, finishes those under way, and ends. */
  close: () => Promise<void>;
}

/** GraphQL at `/graphql`, health at `/health`: the same for the gateway and for every subgraph. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const {
    port,
    host,
    runs,
    cache,
    service,
    facts,
    log = silentLog,
    headers = {},
    corsOrigins = [],
    landingPage,
    pages = [],
    onClose,
  } = options;
  const {
    readiness = () => null,
    meters = [],
    probePort = null,
    rateLimit = null,
    secret = null,
    compress = true,
    introspection = true,
    arrivalMs,
  } = options;
  let state: 'up' | 'leaving' | 'draining' | 'closing' = 'up';
  const metrics = new Metrics(service, facts, meters);
  const app = await createApp({
    log,
    metrics,
    headers,
    corsOrigins,
    isStopping: () => state === 'draining' || state === 'closing',
    ...(arrivalMs && { arrivalMs }),
  });
  traceRequests(app);
  const responses = cache ? new ResponseCache(cache) : null;
  if (responses) metrics.watch(responses);
  const apollo = 'apollo' in runs ? await apolloEngine({ ...runs.apollo, log, introspection }) : null;
  const engine = 'engine' in runs ? runs.engine : (apollo as { engine: Engine }).engine;
  const clientOf = clientNamedBy(rateLimit?.header ?? null);
  const { handle, execute } = graphqlHandler({
    ...options,
    engine,
    cache: responses,
    clientOf,
    charge: rateLimit && rateLimit.costPerMinute > 0 ? costLimit(rateLimit.costPerMinute, clientOf) : null,
    onError: ({ extensions }) => metrics.error(String(extensions?.['code'] ?? 'NONE')),
  });
  const health = { facts: () => ({ service, ...facts }), unready: () => (state === 'up' ? readiness() : 'stopping') };
  if (probePort === null) answerProbes(app, metrics, health);

  const refuseLate: onRequestHookHandler = (_request, _reply, done) =>
    done(state === 'closing' ? new HttpError('SHUTTING_DOWN') : undefined);
  const hosts = checkHost(allowedHosts(options.allowedHosts ?? null, host));
  const vary = compress ? ['accept', 'accept-encoding'] : ['accept'];
  const varies: onRequestHookHandler = (_request, reply, done) => {
    addVary(reply, vary);
    done();
  };
  const onRequest = [
    varies,
    refuseLate,
    hosts,
    ...(secret === null ? [] : [needSecret(secret)]),
    ...(rateLimit && rateLimit.perMinute > 0 ? [await limitRate(app, rateLimit, clientOf)] : []),
    negotiate,
  ];
  const compressing = compress ? [compressAnswer] : [];
  app.route({
    url: '/graphql',
    method: 'GET',
    exposeHeadRoute: true,
    onRequest,
    onSend: [tagAnswer, ...compressing],
    handler: handle,
  });
  app.route({ url: '/graphql', method: 'POST', onRequest, onSend: compressing, handler: handle });
  app.options('/graphql', async (_request, reply) => reply.code(204).header('allow', METHODS).send());
  if (landingPage) await serveLandingPage(app, landingPage, hosts);
  await servePages(app, pages, hosts);
  const probes = probePort === null ? null : await startProbes(probePort, host, { log, metrics }, health);
  await app.listen({ port, host });
  const urlOf = (listening: FastifyInstance) =>
    `http://${host === '127.0.0.1' ? 'localhost' : host}:${(listening.server.address() as { port: number }).port}/`;
  return {
    url: urlOf(app),
    probeUrl: urlOf(probes ?? app),
    execute: ({ query, operationName = null, variables = {} }) =>
      execute({ query, operationName, variables: toObjMap(variables), extensions: {} }),
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
      await apollo?.stop();
      await probes?.close();
      await stopTracing();
      await onClose?.();
    },
  };
}
