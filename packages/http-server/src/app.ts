import type { Server } from 'node:http';
import cors from '@fastify/cors';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { closesSilent } from './connections/silentConnections.js';
import { BrokenRequests } from './errors/clientErrors.js';
import { tellFault, tellFaults } from './errors/httpError.js';
import type { Metrics } from './health/metrics.js';
import type { Log } from './logging/log.js';
import { RequestNotes } from './logging/requestLog.js';
import { readJsonBodies } from './request/body.js';
import { REQUEST_ID, requestId } from './request/requestId.js';

/** Bytes of a request's body at most, inflated. */
const BODY_LIMIT = 1024 * 1024;
/** How long a request's headers, and the whole of it, may take to arrive. */
const ARRIVAL_MS = { headers: 10_000, request: 30_000 };
/** How often it is looked whether they have. */
const CHECK_MS = 1_000;
/** Longer than load balancers keep a connection, so that none is closed under a request. */
const KEEP_ALIVE_MS = 72_000;
/** After so long without a byte either way, whoever took a connection does not use it. */
const SILENCE_MS = 120_000;

/** Nothing that is answered here is to be guessed at, or to be embedded by another site. A page sets a policy of its own. */
const API_HEADERS = { 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' };
/** What a page of another site may read of an answer's headers. */
const EXPOSED = `${REQUEST_ID}, retry-after`;

export interface AppOptions {
  log: Log;
  metrics: Metrics;
  /** Headers of every answer. */
  headers: Record<string, string>;
  corsOrigins: string[];
  /** Milliseconds for headers and for whole requests to arrive; 10 and 30 seconds unless said. */
  arrivalMs?: { headers: number; request: number };
  /** Whether the process is stopping. */
  isStopping: () => boolean;
}

/** HTTP as every process speaks it, before there is anything to answer: limits, faults, ids, a line a request. */
export async function createApp({
  log,
  metrics,
  headers,
  corsOrigins,
  arrivalMs = ARRIVAL_MS,
  isStopping,
}: AppOptions): Promise<FastifyInstance> {
  const notes = new RequestNotes(metrics, log);
  const broken = new BrokenRequests(notes);
  const told = (code: string): void => metrics.error(code);
  // With their getters: what a process answers from may change while it runs.
  const everywhere: Record<string, string> = Object.defineProperties(
    { ...API_HEADERS },
    Object.getOwnPropertyDescriptors(headers),
  );
  const app: FastifyInstance = Fastify<Server>({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // What is logged names the request itself.
    childLoggerFactory: (logger) => logger,
    genReqId: requestId,
    bodyLimit: BODY_LIMIT,
    requestTimeout: arrivalMs.request,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionTimeout: SILENCE_MS,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    // A missing host is refused with the rest that GraphQL needs: Node would do so without a body.
    http: {
      headersTimeout: arrivalMs.headers,
      connectionsCheckingInterval: Math.min(CHECK_MS, arrivalMs.headers),
      requireHostHeader: false,
    },
    clientErrorHandler: broken.answer,
    frameworkErrors: (error, request, reply) => {
      notes.begin(request, reply);
      reply.headers({ ...everywhere, [REQUEST_ID]: request.id });
      tellFault(error, request, reply, told);
    },
  });
  broken.watch(app.server);
  const closeSilent = closesSilent(app.server);
  app.addHook('preClose', async () => closeSilent());
  app.addHook('onRequest', (request, reply, done) => {
    notes.begin(request, reply);
    reply.headers(everywhere).header(REQUEST_ID, request.id);
    if (request.headers.origin !== undefined) reply.header('access-control-expose-headers', EXPOSED);
    if (isStopping()) reply.header('connection', 'close');
    done();
  });
  if (corsOrigins.length > 0) {
    await app.register(cors, {
      origin: corsOrigins,
      methods: ['GET', 'POST', 'OPTIONS'],
      strictPreflight: false,
      maxAge: 600,
    });
  }
  // Connections are not kept past the answer under way: the process waits for them.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isStopping()) reply.header('connection', 'close');
    done();
  });
  readJsonBodies(app, BODY_LIMIT);
  tellFaults(app, told);
  return app;
}
