import type { IncomingHttpHeaders } from 'node:http';
import { LimitExceeded } from '@dossier/operation-limits';
import { inheritSpan, inSpan } from '@dossier/telemetry';
import { Semaphore, withTimeout } from 'async-mutex';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { DEFAULT_POLICY, setCachePolicy } from '../cache/entityTag.js';
import type { CachedResponse, ResponseCache } from '../cache/responseCache.js';
import type { ServerCode } from '../errors/catalogue.js';
import { formatErrors } from '../errors/formatErrors.js';
import { GraphQLRequestError, HttpError } from '../errors/httpError.js';
import { markErrors } from '../logging/requestLog.js';
import { addVary, responseType } from './contentNegotiation.js';
import { type OnPlanned, RequestDeduper } from './dedupeRequests.js';
import type { Engine, EngineResult, Variables } from './engine.js';
import { FairScheduler } from './fairScheduler.js';
import { isSafe } from './methods.js';
import { isCostRequested, recordCost } from './operationCost.js';
import { type GraphQLParams, parseParams, recordParams } from './params.js';
import { type DocumentOptions, PersistedDocuments } from './persistedDocuments.js';
import { OperationCache, type OperationOptions, type PreparedOperation } from './preparedOperation.js';
import { ClientContext, type RequestContext } from './requestContext.js';
import { REVISION_HEADER, Revisions } from './revisions.js';

export interface HandlerOptions extends DocumentOptions, OperationOptions {
  engine: Engine;
  /** Null to cache no responses and to dedupe no requests. */
  cache: ResponseCache | null;
  /** Maximum size of a request's variables as JSON, in bytes; unlimited by default. */
  maxVariablesBytes?: number;
  /** Maximum size of a response in bytes; unlimited by default. */
  maxResponseBytes?: number;
  /** Identifies the client of a request, which has a share of the persisted documents. */
  clientOf: (request: FastifyRequest) => string;
  /** Charges a client for the cost of an operation; throws an HttpError if it exceeds its limit. Null for no limit. */
  charge: ((request: FastifyRequest, reply: FastifyReply, cost: number) => void) | null;
  /** Request headers that may be forwarded to subgraphs, in lower case. Responses vary by them. */
  propagatedHeaders?: readonly string[];
  /** Called with each error of a response. */
  onError: (error: GraphQLFormattedError) => void;
}

export interface GraphQLHandler {
  /** Handles a request to `/graphql`. */
  handle: RouteHandlerMethod;
  /** Executes an operation without HTTP. */
  execute: (params: GraphQLParams) => Promise<EngineResult>;
  /**
   * Executes an operation as part of a request of another protocol, under the limits of its client. It need not be trusted. Rejects for no error
   * of the operation.
   */
  executeFor: (request: FastifyRequest, reply: FastifyReply, params: GraphQLParams) => Promise<EngineResult>;
  /** The schema for clients of the engine in use. */
  apiSchema: () => GraphQLSchema;
}

/** The start of a response with errors, as `serialize` writes it. */
const ERRORS_FIRST = '{"errors":';

/** Cost above which an operation is large: large operations are scheduled fairly, so that they do not delay small ones. */
const LARGE_COST = 500;
/** Number of operations of the maximum cost that may run concurrently, and how long an operation waits for that. */
const MAX_CONCURRENT = 2;
const MAX_WAIT_MS = 10_000;
/** What may be fetched for a response, as a multiple of its maximum size: fetches also return keys and required fields. */
const FETCH_FACTOR = 3;

/**
 * Handles GraphQL requests: parse the parameters, find the document, prepare the operation, look up the cached response, check
 * the limits, plan, execute, serialize, send. The functions are in this order.
 */
export function graphqlHandler(options: HandlerOptions): GraphQLHandler {
  const { engine, cache, clientOf, charge, introspection = true, propagatedHeaders = [], onError } = options;
  const { maxVariablesBytes = Number.POSITIVE_INFINITY, maxResponseBytes = Number.POSITIVE_INFINITY } = options;
  const documents = new PersistedDocuments(options);
  const operations = new OperationCache(engine, options);
  const deduper = cache && new RequestDeduper(cache);
  const scheduler = new FairScheduler();
  const maxConcurrentCost = MAX_CONCURRENT * (options.limits?.cost ?? Number.MAX_SAFE_INTEGER / MAX_CONCURRENT);
  const capacity = withTimeout(new Semaphore(maxConcurrentCost), MAX_WAIT_MS, new HttpError('SERVER_BUSY'));
  let current = engine;
  engine.onReplaced?.((next) => {
    current = next;
    operations.replaceEngine(next);
    cache?.clear();
  });

  function handle(this: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
    void reply.header('cache-control', 'no-store');
    if (propagatedHeaders.length > 0) addVary(reply, propagatedHeaders);
    checkCsrf(request);
    const params = parseParams(request);
    checkVariablesSize(params.variables, request);
    const source = documents.find(params);
    const operation = operations.peek(source, params.operationName);
    if (operation) {
      documents.register(params, source, () => clientOf(request));
      const response = respond(operation, params, request, reply);
      if (!(response instanceof Promise)) return void send(request, reply, response);
      return response.then((result) => send(request, reply, result));
    }
    // Preparing takes long, so new operations are scheduled like large ones.
    return Promise.resolve(
      scheduler.run(async () => {
        if (reply.raw.destroyed) return reply.hijack();
        const prepared = inSpan(request, 'prepare', () => operations.prepare(source, params.operationName));
        documents.register(params, source, () => clientOf(request));
        return send(request, reply, await respond(prepared, params, request, reply));
      }),
    );
  }

  function checkVariablesSize(variables: Variables, { headers }: FastifyRequest): void {
    const length = headers['content-length'];
    // Variables are not larger than the body, whose size is known unless it is chunked or compressed.
    if (
      maxVariablesBytes === Number.POSITIVE_INFINITY ||
      (length !== undefined && headers['content-encoding'] === undefined && Number(length) <= maxVariablesBytes)
    )
      return;
    const bytes = Buffer.byteLength(JSON.stringify(variables));
    if (bytes > maxVariablesBytes)
      throw new HttpError(
        'VARIABLES_TOO_LARGE',
        `The variables are ${bytes} bytes of JSON; expected at most ${maxVariablesBytes}.`,
      );
  }

  /** The response. Synchronous if it is cached: a promise would take a tenth of the time. */
  function respond(
    operation: PreparedOperation,
    { variables }: GraphQLParams,
    request: FastifyRequest,
    reply: FastifyReply,
  ): CachedResponse | Promise<CachedResponse> {
    const { maxAge, isPrivate } = operation.policy ?? DEFAULT_POLICY;
    const forwarded = forwardedHeaders(request);
    if (isSafe(request)) {
      if (operation.type !== 'query')
        throw new HttpError('METHOD_NOT_ALLOWED', `A ${operation.type} needs POST; expected a query.`);
      setCachePolicy(reply.raw, { maxAge, isPrivate: isPrivate || Object.keys(forwarded).length > 0 });
    }
    if (isCostRequested(request)) recordCostOf(operation, variables, request);
    const isCacheable = cache !== null && operation.type === 'query' && maxAge > 0 && !isPrivate;
    const key = isCacheable
      ? `${operation.id}\n${JSON.stringify(variables)}${propagatedHeaders.length > 0 ? JSON.stringify(forwarded) : ''}`
      : null;
    const cached = key === null ? undefined : cache?.get(key);
    if (cached !== undefined) return cached;

    const cost = operation.costOf(variables);
    charge?.(request, reply, cost);
    const client = inheritSpan(
      request,
      new ClientContext(request.id, reply.raw, FETCH_FACTOR * maxResponseBytes, forwarded),
    );
    const run = (): Promise<CachedResponse> =>
      key === null || !deduper
        ? execute(operation, variables, client)
            .then((result) => serialize(result, client))
            .finally(() => {
              // Requests after a mutation must not get older data. A mutation that failed may have written, too.
              if (operation.type === 'mutation') cache?.clear();
            })
        : deduper.run(key, client, maxAge, (context, onPlanned) =>
            execute(operation, variables, context, onPlanned).then((result) => serialize(result, context)),
          );
    return cost > LARGE_COST ? capacity.runExclusive(() => scheduler.run(run), cost) : run();
  }

  function recordCostOf(operation: PreparedOperation, variables: Variables, request: FastifyRequest): void {
    if (!options.limits) return;
    const maximum = options.limits.cost;
    try {
      recordCost(request, { estimated: operation.costOf(variables), maximum });
    } catch (error) {
      const { cause } = error as Error;
      if (cause instanceof LimitExceeded && cause.count !== null)
        recordCost(request, { estimated: cause.count, maximum });
      throw error;
    }
  }

  function forwardedHeaders({ headers }: FastifyRequest): Record<string, string> {
    return Object.fromEntries(
      propagatedHeaders.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
    );
  }

  /** Plans and executes an operation. Throws a GraphQLRequestError if it was not executed, e.g. because of its variables. */
  async function execute(
    operation: PreparedOperation,
    variables: Variables,
    context: RequestContext,
    onPlanned?: OnPlanned,
  ): Promise<EngineResult> {
    const planning = operation.planFor(variables);
    const planned = planning instanceof Promise ? await inSpan(context, 'plan', () => planning) : planning;
    onPlanned?.(planned.sources);
    const result = await inSpan(context, 'execute', () => planned.execute(context, { maxSize: maxResponseBytes }));
    if (context.revisions.isRefused) throw new HttpError('MIXED_REVISIONS');
    if (result.data !== undefined) return result;
    const errors = formatErrors(result.errors ?? [], introspection);
    const code = errors[0]?.extensions?.['code'];
    throw new GraphQLRequestError(typeof code === 'string' ? (code as ServerCode) : 'INTERNAL_SERVER_ERROR', errors);
  }

  function serialize(result: EngineResult, { revisions }: RequestContext): CachedResponse & { hasErrors: boolean } {
    const { data } = result;
    const errors = result.errors && formatErrors(result.errors, introspection);
    const text = `${JSON.stringify(errors ? { errors, data } : { data })}\n`;
    if (text.length > maxResponseBytes || Buffer.byteLength(text) > maxResponseBytes)
      throw new HttpError(
        'RESPONSE_TOO_LARGE',
        `The response is larger than ${maxResponseBytes} bytes; select fewer fields or request smaller pages.`,
      );
    if (errors) for (const error of errors) onError(error);
    return { text, revisions: revisions.toHeader(), hasErrors: errors !== undefined };
  }

  async function executeFor(
    request: FastifyRequest,
    reply: FastifyReply,
    params: GraphQLParams,
  ): Promise<EngineResult> {
    const { query, operationName, variables } = params;
    const source = query ?? '';
    recordParams(request, params);
    try {
      checkVariablesSize(variables, request);
      const operation =
        operations.peek(source, operationName) ??
        (await scheduler.run(async () => inSpan(request, 'prepare', () => operations.prepare(source, operationName))));
      const { text } = await respond(operation, params, request, reply);
      if (text.startsWith(ERRORS_FIRST)) markErrors(request);
      return JSON.parse(text) as EngineResult;
    } catch (error) {
      const errors = requestErrors(error);
      if (!errors) throw error;
      for (const each of errors) onError(each);
      markErrors(request);
      return { errors };
    }
  }

  async function executeWithoutHttp(params: GraphQLParams): Promise<EngineResult> {
    try {
      const operation = operations.prepare(documents.find(params), params.operationName);
      operation.costOf(params.variables);
      const { data = null, errors } = await execute(operation, params.variables, {
        requestId: 'internal',
        startedAt: performance.now(),
        budget: { left: FETCH_FACTOR * maxResponseBytes },
        revisions: new Revisions(),
        headers: {},
        signal: new AbortController().signal,
      });
      return { data, ...(errors && { errors: formatErrors(errors, introspection) }) };
    } catch (error) {
      const errors = requestErrors(error);
      if (errors) return { errors };
      throw error;
    }
  }

  return { handle, execute: executeWithoutHttp, executeFor, apiSchema: () => current.apiSchema ?? current.schema };
}

/** The errors of an operation that was not executed; null for an internal error. */
function requestErrors(error: unknown): readonly GraphQLFormattedError[] | null {
  if (error instanceof GraphQLRequestError) return error.errors;
  return error instanceof HttpError ? [{ message: error.message, extensions: { code: error.code } }] : null;
}

/** Rejects a GET that a browser may have sent for a page of another site (CSRF): without a header that requires a preflight. */
function checkCsrf(request: FastifyRequest): void {
  if (isSafe(request) && !requiresPreflight(request.headers))
    throw new HttpError(
      'BAD_REQUEST',
      'This GET may have been sent by a page of another site (CSRF), since browsers send it without a preflight; expected the header "apollo-require-preflight", or "content-type: application/json".',
    );
}

const requiresPreflight = (headers: IncomingHttpHeaders): boolean =>
  Boolean(headers['apollo-require-preflight'] || headers['x-apollo-operation-name'] || headers['content-type']);

function send(request: FastifyRequest, reply: FastifyReply, { text, revisions }: CachedResponse): FastifyReply {
  if (revisions !== null) void reply.header(REVISION_HEADER, revisions);
  if (text.startsWith(ERRORS_FIRST)) markErrors(request);
  return reply.header('content-type', `${responseType(request)}; charset=utf-8`).send(text);
}
