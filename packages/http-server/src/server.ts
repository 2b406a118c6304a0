import { isIPv6 } from 'node:net';
import { toObjMap } from '@dossier/graphql';
import { stopTracing } from '@dossier/telemetry';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { type AppOptions, createApp } from './app.js';
import { entityTagHook } from './cache/entityTag.js';
import { type CacheOptions, ResponseCache } from './cache/responseCache.js';
import { stopListening } from './connections/closing.js';
import { HttpError } from './errors/httpError.js';
import type { Meter } from './health/meters.js';
import { Metrics } from './health/metrics.js';
import { serveProbes, startProbes } from './health/probes.js';
import { type Log, silentLog } from './logging/log.js';
import { traceRequests } from './logging/tracing.js';
import { type LandingPage, serveLandingPage } from './pages/landingPage.js';
import { type StaticPages, servePages } from './pages/pages.js';
import { serveSchema } from './pages/schemaFiles.js';
import type { ApolloOptions } from './request/apolloEngine.js';
import { compressResponse } from './request/compression.js';
import { addVary, negotiate } from './request/contentNegotiation.js';
import type { Engine, EngineResult } from './request/engine.js';
import { graphqlHandler, type HandlerOptions } from './request/graphqlHandler.js';
import { allowedHosts, checkHost } from './request/hosts.js';
import { GRAPHQL_PATH, METHODS } from './request/methods.js';
import { addCost, COST_HEADER } from './request/operationCost.js';
import { type OperationEndpoint, serveEndpoint } from './request/operationEndpoint.js';
import type { GraphQLParams } from './request/params.js';
import { clientIdentifier, createCostLimit, type RateLimitOptions, rateLimitHook } from './request/rateLimit.js';
import { requireSecret } from './request/secret.js';

export interface ServerOptions
  extends Pick<AppOptions, 'timeouts' | 'maxConnectionMs' | 'requestLog'>,
    Pick<
      HandlerOptions,
      | 'limits'
      | 'introspection'
      | 'trusted'
      | 'trustedOnly'
      | 'maxVariablesBytes'
      | 'maxResponseBytes'
      | 'propagatedHeaders'
    > {
  port: number;
  host: string;
  /** What executes operations: an engine, or Apollo Server with a gateway. */
  execution: { engine: Engine } | { apollo: Pick<ApolloOptions, 'gateway' | 'formatError' | 'plugins'> };
  /** Options of the response cache; by default, responses are not cached. */
  cache?: CacheOptions;
  /** Name of the process in logs and metrics. */
  service: string;
  /** Properties of the process in `/health` and `/metrics`, e.g. its revision. */
  info: Record<string, string>;
  /** Why the process must not receive requests, in words for anyone; null if it is ready. By default it always is. */
  notReadyReason?: () => string | null;
  /** Metrics of the engine. */
  meters?: readonly Meter[];
  /** Separate port for probes and metrics; null to serve them on `port`. */
  probePort?: number | null;
  /** Hosts that requests may name, with or without a port; `*` for any. Default: loopback names on a loopback address, otherwise any. */
  allowedHosts?: readonly string[] | null;
  /** Limits of each client; null for none. */
  rateLimit?: RateLimitOptions | null;
  /** Secrets of which GraphQL requests must have one; none by default. Probes and metrics do not need it. */
  secrets?: readonly string[];
  /** Whether large responses are compressed if the client accepts it; true by default. */
  compress?: boolean;
  /** Silent by default. */
  log?: Log;
  /** Headers of every response. */
  headers?: Record<string, string>;
  /** Origins whose pages may send requests (CORS); none by default. */
  corsOrigins?: string[];
  /** The page at `/`; none by default. */
  landingPage?: LandingPage;
  /** Further endpoints that execute operations, e.g. `/mcp`. */
  endpoints?: readonly OperationEndpoint[];
  /** Folders of static files, each at its own path. */
  pages?: readonly StaticPages[];
  /** Called after the server has closed. */
  onClose?: () => void | Promise<void>;
}

/** An operation, and the values of its variables. */
interface OperationRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

export interface RunningServer {
  /** URL of the server, with a trailing slash. */
  url: string;
  /** URL of probes and metrics, with a trailing slash; the same unless they have a separate port. */
  probeUrl: string;
  /** Executes an operation without HTTP. */
  execute: (request: OperationRequest) => Promise<EngineResult>;
  /** Reports that the process is not ready, so that load balancers send no more requests. It still handles requests. */
  announceStop: () => void;
  /** Accepts no more connections, and closes each after its next response. */
  drain: () => void;
  /** Rejects new requests, waits for those in progress, and closes the server. */
  close: () => Promise<void>;
}

const paramsOf = ({ query, operationName, variables = {} }: OperationRequest): GraphQLParams => ({
  query,
  documentId: null,
  operationName: operationName ?? null,
  variables: toObjMap(variables),
  extensions: {},
});

/** The engine of a server, and how to stop it. */
async function startEngine(
  execution: ServerOptions['execution'],
  options: Pick<ApolloOptions, 'log' | 'introspection'>,
): Promise<{ engine: Engine; stop: () => Promise<void> }> {
  return 'engine' in execution
    ? { engine: execution.engine, stop: async () => {} }
    : (await import('./request/apolloEngine.js')).apolloEngine({ ...execution.apollo, ...options });
}

/** Executes operations without a server. */
export interface Executor {
  /** Rejects for no error of the operation. */
  execute: (request: OperationRequest) => Promise<EngineResult>;
  close: () => Promise<void>;
}

/** Executes operations in this process under the same limits as a server, but without clients, a cache or HTTP. */
export async function createExecutor({
  execution,
  log = silentLog,
  introspection = true,
  ...options
}: Pick<ServerOptions, 'execution' | 'log' | 'introspection' | 'limits' | 'maxResponseBytes'>): Promise<Executor> {
  const { engine, stop } = await startEngine(execution, { log, introspection });
  const { execute } = graphqlHandler({
    ...options,
    introspection,
    engine,
    cache: null,
    clientOf: () => '',
    charge: null,
    onError: () => {},
  });
  return { execute: (request) => execute(paramsOf(request)), close: stop };
}

/** A host name or address as it stands in a URL: IPv6 addresses in brackets. */
export const hostInUrl = (host: string): string => (isIPv6(host) ? `[${host}]` : host);

/** Starts a server with GraphQL at `/graphql` and probes at `/health`; the same for the gateway and the subgraphs. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const {
    port,
    host,
    execution,
    cache,
    service,
    info,
    log = silentLog,
    headers = {},
    corsOrigins = [],
    landingPage,
    pages = [],
    endpoints = [],
    onClose,
  } = options;
  const {
    notReadyReason = () => null,
    meters = [],
    probePort = null,
    rateLimit = null,
    secrets = [],
    compress = true,
    introspection = true,
    timeouts,
    maxConnectionMs,
    requestLog,
  } = options;
  let state: 'up' | 'stopAnnounced' | 'draining' | 'closing' = 'up';
  const metrics = new Metrics(service, info, meters);
  const app = await createApp({
    log,
    metrics,
    headers,
    corsOrigins,
    waysOut: [
      ...pages.map(({ at, title }) => ({ path: `${at.slice(1)}/`, title })),
      ...(landingPage ? [{ path: '', title: landingPage.title }] : []),
    ],
    isStopping: () => state === 'draining' || state === 'closing',
    ...(timeouts && { timeouts }),
    ...(maxConnectionMs !== undefined && { maxConnectionMs }),
    ...(requestLog && { requestLog }),
  });
  traceRequests(app, [GRAPHQL_PATH, ...endpoints.map(({ path }) => path)]);
  const responseCache = cache ? new ResponseCache(cache) : null;
  if (responseCache) metrics.observeCache(responseCache);
  const { engine, stop: stopEngine } = await startEngine(execution, { log, introspection });
  const clientOf = clientIdentifier(rateLimit?.header ?? null);
  const onError = (code: string) => metrics.countError(code);
  const { handle, execute, executeFor, apiSchema } = graphqlHandler({
    ...options,
    engine,
    cache: responseCache,
    clientOf,
    charge: rateLimit && rateLimit.costPerMinute > 0 ? createCostLimit(rateLimit.costPerMinute, clientOf) : null,
    onError: ({ extensions }) => onError(String(extensions?.['code'] ?? 'NONE')),
  });
  const health = {
    info: () => ({ service, ...info }),
    notReadyReason: () => (state === 'up' ? notReadyReason() : 'stopping'),
  };
  if (probePort === null) serveProbes(app, metrics, health);

  const rejectAfterClose: onRequestHookHandler = (_request, _reply, done) =>
    done(state === 'closing' ? new HttpError('SHUTTING_DOWN') : undefined);
  const checkHostHook = checkHost(allowedHosts(options.allowedHosts ?? null, host));
  const varyBy = ['accept', ...(compress ? ['accept-encoding'] : []), ...(options.limits ? [COST_HEADER] : [])];
  const vary: onRequestHookHandler = (_request, reply, done) => {
    addVary(reply, varyBy);
    done();
  };
  const admission = [
    rejectAfterClose,
    checkHostHook,
    ...(secrets.length === 0 ? [] : [requireSecret(secrets)]),
    ...(rateLimit && rateLimit.perMinute > 0 ? [await rateLimitHook(app, rateLimit, clientOf)] : []),
  ];
  const onRequest = [vary, ...admission, negotiate];
  const compression = compress ? [compressResponse] : [];
  app.route({
    url: GRAPHQL_PATH,
    method: 'GET',
    exposeHeadRoute: true,
    onRequest,
    onSend: [addCost, entityTagHook, ...compression],
    handler: handle,
  });
  app.route({ url: GRAPHQL_PATH, method: 'POST', onRequest, onSend: [addCost, ...compression], handler: handle });
  app.options(GRAPHQL_PATH, async (_request, reply) => reply.code(204).header('allow', METHODS.join(', ')).send());
  serveSchema(app, { apiSchema: introspection ? apiSchema : null, onRequest: admission, compress });
  for (const endpoint of endpoints)
    serveEndpoint(app, endpoint, { onRequest: admission, corsOrigins, executeFor, onError });
  const environment = { checkHost: checkHostHook, executeFor, compress };
  if (landingPage) await serveLandingPage(app, landingPage, environment);
  await servePages(app, pages, environment);
  const probes = probePort === null ? null : await startProbes(probePort, host, { log, metrics }, health);
  await app.listen({ port, host });
  const urlOf = ({ server }: FastifyInstance) =>
    `http://${host === '127.0.0.1' ? 'localhost' : hostInUrl(host)}:${(server.address() as { port: number }).port}/`;
  return {
    url: urlOf(app),
    probeUrl: urlOf(probes ?? app),
    execute: (request) => execute(paramsOf(request)),
    announceStop: () => {
      state = 'stopAnnounced';
    },
    drain: () => {
      state = 'draining';
      stopListening(app.server);
    },
    close: async () => {
      state = 'closing';
      await app.close();
      for (const endpoint of endpoints) await endpoint.close();
      await stopEngine();
      await probes?.close();
      await stopTracing();
      await onClose?.();
    },
  };
}
