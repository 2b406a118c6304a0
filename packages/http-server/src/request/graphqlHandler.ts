import type { IncomingHttpHeaders } from 'node:http';
import { inherit, inSpan } from '@dossier/telemetry';
import { Semaphore, withTimeout } from 'async-mutex';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { tagBy, USUAL_POLICY } from '../cache/entityTag.js';
import type { ResponseCache, Source } from '../cache/responseCache.js';
import type { ServerCode } from '../errors/catalogue.js';
import { HttpError } from '../errors/httpError.js';
import { capErrors, truncateMessage } from '../errors/truncateMessage.js';
import type { Engine, EngineAnswer, Variables } from './engine.js';
import { FairScheduler } from './fairScheduler.js';
import { responseType } from './mediaTypes.js';
import { OperationRejected } from './operationRejected.js';
import { OperationCache, type OperationOptions, type PreparedOperation } from './operations.js';
import { type GraphQLParams, parseParams } from './params.js';
import { type DocumentOptions, PersistedDocuments } from './persisted.js';
import { ClientContext, type RequestContext } from './requestContext.js';
import { SharedRun } from './sharedRun.js';
import { addVary } from './vary.js';

export interface HandlerOptions extends DocumentOptions, OperationOptions {
  engine: Engine;
  /** Null if responses are not cached; then runs are not shared either. */
  cache: ResponseCache | null;
  /** Bytes of a request's variables as JSON at most; any number unless set. */
  variablesBytes?: number;
  /** Bytes of a response at most; any number unless set. */
  responseBytes?: number;
  /** Names the client of a request, for its share of the persisted documents. */
  clientOf?: (request: FastifyRequest) => string;
  /** Charges a client for the cost of an operation. Throws a HttpError if it has used up its share. */
  charge?: ((request: FastifyRequest, reply: FastifyReply, cost: number) => void) | null;
  /** Names of the headers of clients that may be sent on, in lower case: responses that depend on them are kept apart. */
  propagatedHeaders?: readonly string[];
  /** Called with every error of a response. */
  onError: (error: GraphQLFormattedError) => void;
}

export interface GraphQLHandler {
  /** Handles a request to `/graphql`. */
  handle: RouteHandlerMethod;
  /** Executes parameters without HTTP. */
  execute: (params: GraphQLParams) => Promise<EngineAnswer>;
}

/** Values of a response above which an operation is large: it takes turns with others, so that small ones are not delayed. */
const LARGE = 500;
/** Large responses of the highest cost that may be made at once, and how long one may wait for that. */
const CAPACITY = { operations: 2, waitMs: 10_000 };

/** What may be fetched for a response, as a multiple of its size: with keys, and with what is only needed to fetch more. */
const FETCHED = 3;

interface Running {
  run: SharedRun<string>;
  /** When it began, by the clock of the cache, and what it reads; nothing while it is planned. */
  begun: number;
  sources: readonly Source[] | null;
}

/**
 * Handles GraphQL requests, from parameters to response: parse the parameters, find the document, prepare the operation,
 * look into the cache, check the limits, plan, execute, serialize. What is executed is the operation that was measured.
 */
export function graphqlHandler(options: HandlerOptions): GraphQLHandler {
  const {
    engine,
    cache,
    variablesBytes = Number.POSITIVE_INFINITY,
    responseBytes = Number.POSITIVE_INFINITY,
    clientOf = ({ ip }) => ip,
    charge = null,
    introspection = true,
    propagatedHeaders = [],
    onError,
  } = options;
  const documents = new PersistedDocuments(options);
  const operations = new OperationCache(engine, options);
  const scheduler = new FairScheduler();
  const room = CAPACITY.operations * (options.limits?.cost ?? Number.MAX_SAFE_INTEGER / CAPACITY.operations);
  const capacity = withTimeout(new Semaphore(room), CAPACITY.waitMs, new HttpError('SERVER_BUSY'));
  const running = new Map<string, Running>();
  const shown = (error: GraphQLFormattedError): GraphQLFormattedError =>
    truncateMessage(introspection ? error : withoutTypes(error));
  engine.onReplaced?.((next) => {
    operations.replaceEngine(next);
    cache?.clear();
  });

  function handle(this: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
    void reply.header('cache-control', 'no-store');
    if (propagatedHeaders.length > 0) addVary(reply, propagatedHeaders);
    if (isSafe(request) && !isPreflighted(request.headers)) throw new HttpError('BAD_REQUEST', CSRF_MESSAGE);
    const params = parseParams(request);
    checkVariablesSize(params.variables, request);
    const source = documents.find(params);
    const known = operations.peek(source, params.operationName);
    if (known) {
      documents.remember(params, source, () => clientOf(request));
      const response = respond(known, params, request, reply);
      if (typeof response === 'string') return void send(request, reply, response);
      return response.then((text) => send(request, reply, text));
    }
    return Promise.resolve(
      scheduler.run(() => {
        if (reply.raw.destroyed) return reply.hijack();
        const operation = inSpan(
          request,
          'prepare',
          () => operations.peek(source, params.operationName) ?? operations.prepare(source, params.operationName),
        );
        documents.remember(params, source, () => clientOf(request));
        return Promise.resolve(respond(operation, params, request, reply)).then((text) => send(request, reply, text));
      }),
    );
  }

  /** The text of the response: at once if it is cached, since a promise would cost a tenth of that. */
  function respond(
    operation: PreparedOperation,
    { variables }: GraphQLParams,
    request: FastifyRequest,
    reply: FastifyReply,
  ): string | Promise<string> {
    const { maxAge, isPrivate } = operation.policy ?? USUAL_POLICY;
    const headers = headersOf(request);
    if (isSafe(request)) {
      if (operation.type !== 'query')
        throw new HttpError('METHOD_NOT_ALLOWED', `A ${operation.type} needs POST; expected a query.`);
      tagBy(reply.raw, { maxAge, isPrivate: isPrivate || Object.keys(headers).length > 0 });
    }
    const isShared = cache !== null && operation.type === 'query' && maxAge > 0 && !isPrivate;
    const key = isShared
      ? `${operation.id}\n${JSON.stringify(variables)}${propagatedHeaders.length > 0 ? JSON.stringify(headers) : ''}`
      : null;
    const cached = key === null ? undefined : cache?.get(key);
    if (cached !== undefined) return cached;
    const cost = operation.costOf(variables);
    charge?.(request, reply, cost);
    const client = inherit(request, new ClientContext(request.id, reply.raw, FETCHED * responseBytes, headers));
    const run = () =>
      key === null || !cache
        ? execute(operation, variables, client)
            .then(serialize)
            .finally(() => onExecuted(operation))
        : share(key, operation, variables, client, cache);
    return cost > LARGE ? capacity.runExclusive(() => scheduler.run(run), cost) : run();
  }

  /** Nobody who asks after a mutation was answered gets what was read before, or joins a run that began before. It may have written also if it failed. */
  function onExecuted({ type }: PreparedOperation): void {
    if (type === 'mutation') cache?.clear();
  }

  /** The headers of a request that may be sent on. */
  function headersOf({ headers }: FastifyRequest): Record<string, string> {
    return Object.fromEntries(
      propagatedHeaders.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
    );
  }

  /** One run for all clients that send the same at the same time. */
  function share(
    key: string,
    operation: PreparedOperation,
    variables: Variables,
    client: ClientContext,
    responses: ResponseCache,
  ): Promise<string> {
    const current = running.get(key);
    // What is not known to be made from anything may have changed.
    if (current?.sources && !current.run.isAborted && !responses.hasChanged(current.sources, current.begun))
      return current.run.join(client);
    const entry: Omit<Running, 'run'> & { run?: Running['run'] } = { begun: responses.clock, sources: [] };
    const run = new SharedRun(client, (shared) =>
      execute(operation, variables, inherit(client, shared), (sources) => {
        entry.begun = responses.clock;
        entry.sources = sources && responses.sourcesOf(sources);
      })
        .then((answer) => {
          const text = serialize(answer);
          if (!answer.errors && entry.sources)
            responses.set(key, text, entry.sources, entry.begun, (operation.policy ?? USUAL_POLICY).maxAge);
          return text;
        })
        .finally(() => running.get(key)?.run === run && running.delete(key)),
    );
    running.set(key, Object.assign(entry, { run }));
    return run.join(client);
  }

  /** Plans and executes an operation. `onPlanned` is called with what it is made from before it is executed. */
  async function execute(
    operation: PreparedOperation,
    variables: Variables,
    context: RequestContext,
    onPlanned?: (sources: readonly string[] | null) => void,
  ): Promise<EngineAnswer> {
    const planning = operation.planFor(variables);
    const planned = planning instanceof Promise ? await inSpan(context, 'plan', () => planning) : planning;
    onPlanned?.(planned.sources);
    const answer = await inSpan(context, 'execute', () => planned.execute(context, { maxSize: responseBytes }));
    if (answer.data === undefined) throw rejectionOf(capErrors(answer.errors ?? []).map(shown));
    return answer;
  }

  function serialize({ data, errors: all }: EngineAnswer): string {
    const errors = all && capErrors(all).map(shown);
    const text = `${JSON.stringify(errors ? { errors, data } : { data })}\n`;
    if (text.length > responseBytes || Buffer.byteLength(text) > responseBytes) {
      throw new HttpError(
        'RESPONSE_TOO_LARGE',
        `The response is larger than ${responseBytes} bytes; select fewer fields or ask for smaller pages.`,
      );
    }
    if (errors) for (const error of errors) onError(error);
    return text;
  }

  function checkVariablesSize(variables: Variables, request: FastifyRequest): void {
    if (!mayExceed(request, variablesBytes)) return;
    const bytes = Buffer.byteLength(JSON.stringify(variables));
    if (bytes > variablesBytes)
      throw new HttpError(
        'VARIABLES_TOO_LARGE',
        `The variables are ${bytes} bytes of JSON; expected at most ${variablesBytes}.`,
      );
  }

  return {
    handle,
    execute: async (params) => {
      try {
        const source = documents.find(params);
        const operation =
          operations.peek(source, params.operationName) ?? operations.prepare(source, params.operationName);
        operation.costOf(params.variables);
        const { data = null, errors } = await execute(operation, params.variables, {
          requestId: 'internal',
          startedAt: performance.now(),
          budget: { left: FETCHED * responseBytes },
          headers: {},
          signal: new AbortController().signal,
        });
        return { data, ...(errors && { errors: capErrors(errors).map(shown) }) };
      } catch (error) {
        if (error instanceof OperationRejected) return { errors: error.errors };
        if (error instanceof HttpError)
          return { errors: [{ message: error.message, extensions: { code: error.fault } }] };
        throw error;
      }
    },
  };
}

const CSRF_MESSAGE =
  'This GET might have been sent by a page of another site (CSRF), since browsers send it without asking; expected the header "apollo-require-preflight", or "content-type: application/json".';

/** Whether a browser has to ask with a preflight before another site's page may send this. */
const isPreflighted = (headers: IncomingHttpHeaders): boolean =>
  Boolean(headers['apollo-require-preflight'] || headers['x-apollo-operation-name'] || headers['content-type']);

/** An answer without data: the operation was not executed. */
function rejectionOf(errors: readonly GraphQLFormattedError[]): OperationRejected {
  const code = errors[0]?.extensions?.['code'];
  return new OperationRejected(typeof code === 'string' ? (code as ServerCode) : 'INTERNAL_SERVER_ERROR', errors);
}

/** An error without the names of types that graphql-js and value completion put into its message. */
function withoutTypes(error: GraphQLFormattedError): GraphQLFormattedError {
  const variable = /^Variable "(\$\w{1,200})"/.exec(error.message)?.[1];
  if (variable) return { ...error, message: `Variable "${variable}" has a value that is not accepted.` };
  return error.message.startsWith(NON_NULL)
    ? { ...error, message: 'Cannot return null for a non-nullable field.' }
    : error;
}

const NON_NULL = 'Cannot return null for non-nullable field ';

/** Whether a request's variables may be larger than `bytes`, by what its headers say of its body. */
function mayExceed({ headers }: FastifyRequest, bytes: number): boolean {
  const length = headers['content-length'];
  return (
    Number.isFinite(bytes) &&
    (length === undefined || headers['content-encoding'] !== undefined || Number(length) > bytes)
  );
}

const send = (request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply =>
  reply.header('content-type', `${responseType(request)}; charset=utf-8`).send(text);

/** Whether a request is one that must not change anything. */
const isSafe = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';
