import type { Server } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { trackUnusedConnections } from './connections/closing.js';
import { limitConnectionAge } from './connections/connectionAge.js';
import { ClientErrorHandler } from './errors/clientErrors.js';
import { registerErrorHandlers, sendError } from './errors/errorHandler.js';
import type { WayOut } from './errors/errorPage.js';
import type { Metrics } from './health/metrics.js';
import type { Log } from './logging/log.js';
import { RequestLogger, type RequestLogOptions } from './logging/requestLog.js';
import { registerJsonParser } from './request/body.js';
import { RATE_LIMIT_HEADERS } from './request/rateLimit.js';
import { REQUEST_ID, requestId } from './request/requestId.js';

/** Maximum size of a request body in bytes, after decompression. */
const BODY_LIMIT = 1024 * 1024;
/** Default timeouts for the headers of a request and for the complete request. */
const TIMEOUTS_MS = { headers: 10_000, request: 30_000 };
/** Interval at which the timeouts are checked. */
const CHECK_INTERVAL_MS = 1_000;
/** Longer than load balancers keep idle connections, so that no connection is closed while they send a request on it. */
const KEEP_ALIVE_MS = 72_000;
/** Connections without traffic for this time are closed. */
const IDLE_TIMEOUT_MS = 120_000;

/** Disable content sniffing and embedding by other sites. Pages set a policy of their own. */
const API_HEADERS = { 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' };
/** Response headers that pages of other origins may read. */
const EXPOSED_HEADERS = [REQUEST_ID, 'x-dossier-revision', 'etag', 'retry-after', ...RATE_LIMIT_HEADERS].join(', ');

export interface AppOptions {
  log: Log;
  metrics: Metrics;
  /** Headers of every response. */
  headers: Record<string, string>;
  corsOrigins: string[];
  /** Timeouts for the headers of a request and for the complete request, in milliseconds; 10 and 30 seconds by default. */
  timeouts?: { headers: number; request: number };
  /** Maximum age of a connection in milliseconds: it is closed after the first response after that. Unlimited by default. */
  maxConnectionMs?: number;
  /** Which requests are logged; all by default. */
  requestLog?: RequestLogOptions;
  /** Pages of the server, to which the page of an error links. */
  waysOut?: readonly WayOut[];
  /** Whether the process is stopping. */
  isStopping: () => boolean;
}

/** The HTTP server of every process, without routes: limits, errors, request ids, logging. */
export async function createApp({
  log,
  metrics,
  headers,
  corsOrigins,
  timeouts = TIMEOUTS_MS,
  maxConnectionMs = Number.POSITIVE_INFINITY,
  requestLog,
  waysOut = [],
  isStopping,
}: AppOptions): Promise<FastifyInstance> {
  // Loaded by a process that serves, so that commands and rejected settings do not wait for it.
  const { default: Fastify, LogController } = await import('fastify');
  const requests = new RequestLogger(metrics, log, requestLog);
  const clientErrors = new ClientErrorHandler(requests);
  const responses = { onError: (code: string): void => metrics.countError(code), waysOut };
  // Copies getters rather than values: the revision in a header may change at run time.
  const responseHeaders: Record<string, string> = Object.defineProperties(
    { ...API_HEADERS },
    Object.getOwnPropertyDescriptors(headers),
  );
  const app: FastifyInstance = Fastify<Server>({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // Log entries contain the request id, so no logger per request is needed.
    childLoggerFactory: (logger) => logger,
    genReqId: requestId,
    bodyLimit: BODY_LIMIT,
    requestTimeout: timeouts.request,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionTimeout: IDLE_TIMEOUT_MS,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    // `checkHost` rejects a missing host with an error; Node would respond without a body.
    http: {
      headersTimeout: timeouts.headers,
      connectionsCheckingInterval: Math.min(CHECK_INTERVAL_MS, timeouts.headers),
      requireHostHeader: false,
    },
    clientErrorHandler: clientErrors.handle,
    frameworkErrors: (error, request, reply) => {
      requests.start(request, reply);
      reply.headers({ ...responseHeaders, [REQUEST_ID]: request.id });
      sendError(error, request, reply, responses);
    },
  });
  clientErrors.listen(app.server);
  const closeUnused = trackUnusedConnections(app.server);
  const isExpired = limitConnectionAge(app.server, maxConnectionMs);
  app.addHook('preClose', async () => closeUnused());
  app.addHook('onRequest', (request, reply, done) => {
    requests.start(request, reply);
    reply.headers(responseHeaders).header(REQUEST_ID, request.id);
    if (request.headers.origin !== undefined) reply.header('access-control-expose-headers', EXPOSED_HEADERS);
    if (isStopping() || isExpired(request.raw.socket)) reply.header('connection', 'close');
    done();
  });
  if (corsOrigins.length > 0) {
    await app.register(import('@fastify/cors'), {
      origin: corsOrigins,
      methods: ['GET', 'POST', 'OPTIONS'],
      strictPreflight: false,
      maxAge: 600,
    });
  }
  // The process may have started to stop since `onRequest`. It waits for open connections.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isStopping()) reply.header('connection', 'close');
    done();
  });
  registerJsonParser(app, BODY_LIMIT);
  registerErrorHandlers(app, responses);
  return app;
}
