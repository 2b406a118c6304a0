import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { ServerCode } from '../errors/catalogue.js';
import { type ErrorFormat, sendError } from '../errors/errorHandler.js';
import { HttpError } from '../errors/httpError.js';
import type { EngineResult } from './engine.js';
import { checkOrigin } from './origins.js';
import type { GraphQLParams } from './params.js';
import { createAbortController, onDisconnect } from './requestContext.js';

/** A request to an endpoint, admitted and with its body parsed under the limits of this server. */
export interface EndpointRequest {
  /** Without a body. Its signal is aborted when the client disconnects. */
  request: Request;
  body: unknown;
  /** Executes an operation for the client: its limits apply, and it is cancelled when the client disconnects. */
  execute: (params: Pick<GraphQLParams, 'query' | 'operationName' | 'variables'>) => Promise<EngineResult>;
  /** Counts an error that the endpoint itself returns. Those of operations are counted when they are executed. */
  onError: (code: string) => void;
}

/** An endpoint with a protocol of its own, whose requests execute operations. It accepts POST with JSON. */
export interface OperationEndpoint {
  /** URL path, e.g. `/mcp`. */
  path: string;
  handle: (request: EndpointRequest) => Promise<Response>;
  /** The JSON body for a request that is rejected. `isParsing` is true for a body that is not valid JSON. */
  formatError: (code: ServerCode, message: string, isParsing: boolean) => string;
  /** Called after the last response. */
  close: () => Promise<void>;
}

interface Environment {
  /** Whether a request is admitted: host, rate limit, shutdown. */
  onRequest: onRequestHookHandler[];
  /** Origins of other sites whose pages may send requests. */
  corsOrigins: readonly string[];
  executeFor: (request: FastifyRequest, reply: FastifyReply, params: GraphQLParams) => Promise<EngineResult>;
  onError: (code: string) => void;
}

/** Request headers that an endpoint sees, besides `mcp-…`. */
const FORWARDED = new Set(['accept', 'content-type', 'last-event-id', 'user-agent']);

/** Serves an endpoint. Other methods than POST are rejected, in the endpoint's own format. */
export function serveEndpoint(
  app: FastifyInstance,
  { path, handle, formatError }: OperationEndpoint,
  { onRequest, corsOrigins, executeFor, onError }: Environment,
): void {
  const parsing = new WeakSet<FastifyRequest>();
  // Whether a body is invalid is only known while it is parsed.
  const errorFormat =
    (request: FastifyRequest): ErrorFormat =>
    (code, message) =>
      formatError(code, message, parsing.has(request));
  const route = {
    url: path,
    config: { errorFormat },
    onRequest: [...onRequest, checkOrigin(corsOrigins)],
    errorHandler: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendError(error, request, reply, { onError, format: errorFormat(request) }),
  };
  app.route({
    ...route,
    method: 'POST',
    preParsing: (request, _reply, payload, done) => {
      parsing.add(request);
      done(null, payload);
    },
    preValidation: (request, _reply, done) => {
      parsing.delete(request);
      done();
    },
    handler: async (request, reply) => {
      void reply.header('cache-control', 'no-store');
      const response = await handle({
        request: webRequest(request, reply),
        body: request.body,
        execute: (params) => executeFor(request, reply, { documentId: null, extensions: {}, ...params }),
        onError,
      });
      return send(reply, response);
    },
  });
  app.route({
    ...route,
    method: ['GET', 'HEAD', 'DELETE', 'PUT', 'PATCH'],
    // Before a body is parsed, which could be invalid.
    onRequest: [...route.onRequest, rejectMethod],
    handler: () => {},
  });
  app.route({
    ...route,
    method: 'OPTIONS',
    // Runs before the content type is checked: the request has no body.
    onRequest: (_request, reply) => void reply.code(204).header('allow', 'POST, OPTIONS').send(),
    handler: () => {},
  });
}

const rejectMethod: onRequestHookHandler = (_request, reply, done) => {
  void reply.header('allow', 'POST, OPTIONS');
  done(new HttpError('METHOD_NOT_ALLOWED', 'This URL accepts POST.'));
};

function webRequest(request: FastifyRequest, reply: FastifyReply): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string' && (FORWARDED.has(name) || name.startsWith('mcp-'))) headers.set(name, value);
  const controller = createAbortController();
  onDisconnect(reply.raw, () => controller.abort());
  return new Request(`http://${request.headers.host}${request.url}`, {
    method: 'POST',
    headers,
    signal: controller.signal,
  });
}

/** Sends a response of the Fetch API. Only an event stream is sent while it is produced. */
async function send(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  void reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== 'connection') void reply.header(name, value);
  if (response.body === null) return reply.send();
  if (response.headers.get('content-type')?.startsWith('text/event-stream'))
    return reply.send(Readable.fromWeb(response.body as import('node:stream/web').ReadableStream));
  return reply.send(await response.text());
}
