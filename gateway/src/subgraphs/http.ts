import type { GraphQLDataSource } from '@apollo/gateway';
import {
  type Log,
  REQUEST_ID,
  REVISION_HEADER,
  type RequestContext,
  SECRET_HEADER,
  silentLog,
} from '@dossier/http-server';
import { spanOf } from '@dossier/telemetry';
import { ExponentialBackoff, handleWhen, type IPolicy, retry, wrap } from 'cockatiel';
import { Pool } from 'undici';
import { type BreakerOptions, type BreakerState, CircuitBreaker } from './breaker.js';
import type { Cancellation, Deadlines } from './deadlines.js';
import { ClientDisconnected, SubgraphFailure } from './failure.js';
import type { GraphTypes } from './graphTypes.js';
import { LiveRevisions } from './liveRevisions.js';
import { type ErrorMasker, errorMasker } from './maskError.js';
import type { Outcome } from './meters.js';
import { failureResponse } from './nullResponse.js';
import { type ParsedResponse, parseResponse } from './parseResponse.js';
import { sendRequest } from './sendRequest.js';
import { trustedAuthorities } from './trustedAuthorities.js';
import type { SubgraphRequest, SubgraphResponse } from './types.js';
import { validateResponse } from './validateResponse.js';

/** Maximum number of connections to one subgraph. */
const MAX_CONNECTIONS = 64;
/** Delay before a retry, in milliseconds. It is jittered, so that fetches that failed together are not retried together. */
const RETRY_BACKOFF = { initialDelay: 20, maxDelay: 80 };
const REVISION_BACKOFF = { initialDelay: 1, maxDelay: 20 };
/** Maximum number of retries to reach a replica with the revision of the request, each over another connection. */
const MAX_REVISION_RETRIES = 8;
/** Maximum length of a subgraph's errors in a log record, in UTF-16 units. */
const MAX_LOGGED = 1000;
/** Maximum number of invalid values in a log record. */
const MAX_LOGGED_FAULTS = 10;

export interface HttpOptions {
  /** Timeout for connecting to a subgraph, in milliseconds. */
  connectMs: number;
  /** Timeout of a fetch, retry included, until the last byte of the response, in milliseconds. */
  timeoutMs: number;
  /** Maximum size of a response in bytes. */
  maxBytes: number;
  breaker: BreakerOptions;
  /** Shared secret that authenticates the gateway to subgraphs; null if they do not require one. */
  secret: string | null;
  /** Whether a request fails if replicas of a service have different revisions, instead of nulling the service's fields. */
  refusesMixedRevisions: boolean;
  /** Certificates (PEM) of additional authorities that subgraphs' certificates may be signed by; null for none. */
  ca?: string | null;
  /** Codes of errors that clients see with their message; DEFAULT_CLIENT_ERROR_CODES if left out. */
  clientErrorCodes?: readonly string[];
  /** Client headers that are forwarded to subgraphs. */
  propagateHeaders?: readonly PropagatedHeader[];
}

/** A client header that is forwarded to subgraphs. */
export interface PropagatedHeader {
  /** In lower case. */
  name: string;
  /** Names of the subgraphs that get it; `*` for all. */
  subgraphs: readonly string[] | '*';
}

export interface HttpDependencies {
  deadlines: Deadlines;
  log?: Log;
  /** Called at the end of every fetch with its duration in seconds; for metrics. */
  onFetchEnd?: (outcome: Outcome, seconds: number) => void;
}

/**
 * Calls a subgraph over HTTP with keep-alive connections, a deadline, a maximum response size and a circuit breaker. A query is
 * retried once if the connection or a proxy failed before the subgraph responded. `process` never rejects: if the fetch fails, the
 * selected fields are null, each with an error.
 * GraphQL over HTTP: https://graphql.github.io/graphql-over-http/draft/
 */
export class HttpDataSource implements GraphQLDataSource {
  readonly service: string;
  /** The revisions of the service's store in its responses. */
  readonly revisions = new LiveRevisions();
  readonly #types: GraphTypes;
  readonly #options: HttpOptions;
  readonly #deadlines: Deadlines;
  readonly #errorMasker: ErrorMasker;
  readonly #propagatedNames: readonly string[];
  readonly #log: Log;
  readonly #onFetchEnd: (outcome: Outcome, seconds: number) => void;
  readonly #pool: Pool;
  readonly #path: string;
  readonly #headers: Record<string, string>;
  readonly #breaker: CircuitBreaker;
  #closed: Promise<void> | null = null;
  readonly #retryPolicy: IPolicy = wrap(
    retry(handleWhen(isRevisionMismatch), {
      maxAttempts: MAX_REVISION_RETRIES,
      backoff: new ExponentialBackoff(REVISION_BACKOFF),
    }),
    retry(
      handleWhen((error) => error instanceof SubgraphFailure && error.isRetryable),
      { maxAttempts: 1, backoff: new ExponentialBackoff(RETRY_BACKOFF) },
    ),
  );

  constructor(
    service: string,
    url: string,
    types: GraphTypes,
    options: HttpOptions,
    { deadlines, log = silentLog, onFetchEnd = () => {} }: HttpDependencies,
  ) {
    const { origin, pathname, search } = new URL(url);
    this.service = service;
    this.#types = types;
    this.#options = options;
    this.#deadlines = deadlines;
    this.#errorMasker = errorMasker(options.clientErrorCodes);
    this.#propagatedNames =
      options.propagateHeaders?.flatMap(({ name, subgraphs }) =>
        subgraphs === '*' || subgraphs.includes(service) ? [name] : [],
      ) ?? [];
    this.#log = log;
    this.#onFetchEnd = onFetchEnd;
    this.#path = pathname + search;
    this.#headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(options.secret !== null && { [SECRET_HEADER]: options.secret }),
    };
    // The deadline of the whole fetch replaces undici's timeouts.
    this.#pool = new Pool(origin, {
      connections: MAX_CONNECTIONS,
      connect: { timeout: options.connectMs, ...trustedAuthorities(options.ca ?? null) },
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#breaker = new CircuitBreaker(options.breaker, (state) =>
      log[state === 'open' ? 'warn' : 'info']({ subgraph: service, breaker: state }, 'circuit breaker'),
    );
  }

  get breakerState(): BreakerState {
    return this.#breaker.state;
  }

  async process({ request, context }: SubgraphRequest): Promise<SubgraphResponse> {
    const startedAt = performance.now();
    const { requestId, revisions } = context as Partial<RequestContext>;
    let outcome: Outcome = 'OK';
    try {
      const parsed = await this.#breaker.run(() =>
        this.#deadlines.runWithDeadline(context, this.#options.timeoutMs, (cancellation) =>
          this.#fetch(request, context, cancellation),
        ),
      );
      const { response, faults } = validateResponse(this.service, parsed, request, this.#types, (error) =>
        this.#errorMasker.mask(this.service, error),
      );
      if (faults.length > 0)
        this.#log.error(
          { requestId, subgraph: this.service, faults: faults.slice(0, MAX_LOGGED_FAULTS), count: faults.length },
          'subgraph returned invalid values',
        );
      const maskedErrors = parsed.errors?.filter((error) => !this.#errorMasker.isForClients(error));
      if (maskedErrors?.length)
        this.#log.error(
          {
            requestId,
            subgraph: this.service,
            errors: JSON.stringify(maskedErrors).slice(0, MAX_LOGGED),
            count: maskedErrors.length,
          },
          'subgraph returned errors',
        );
      return response;
    } catch (error) {
      const { code, message: reason } =
        error instanceof SubgraphFailure
          ? error
          : new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'the gateway could not send the request');
      outcome = code;
      if (code === 'SUBGRAPH_REVISION_MISMATCH' && this.#options.refusesMixedRevisions && revisions)
        revisions.isRefused = true;
      this.#log[error instanceof ClientDisconnected ? 'debug' : 'error'](
        { requestId, subgraph: this.service, code, reason, ...(!(error instanceof SubgraphFailure) && { err: error }) },
        'subgraph request failed',
      );
      return failureResponse(this.service, code, request, this.#types.supertypes);
    } finally {
      this.#onFetchEnd(outcome, (performance.now() - startedAt) / 1000);
    }
  }

  /** Closes the connections after the fetches in flight have ended. Later calls return the same promise. */
  close(): Promise<void> {
    this.#closed ??= this.#pool.close();
    return this.#closed;
  }

  /** The client headers that are forwarded to this subgraph. */
  #propagatedHeaders(context: object): Record<string, string> {
    const { headers = {} } = context as Partial<RequestContext>;
    return Object.fromEntries(
      this.#propagatedNames.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
    );
  }

  #fetch(request: SubgraphRequest['request'], context: object, cancellation: Cancellation): Promise<ParsedResponse> {
    const { requestId, budget, revisions } = context as Partial<RequestContext>;
    const { query, variables } = request;
    const body = JSON.stringify({ query, variables });
    const representations = variables?.['representations'] as unknown[] | undefined;
    const send = async (): Promise<ParsedResponse> => {
      if (cancellation.failure) throw cancellation.failure;
      const pinned = revisions?.get(this.service) ?? null;
      const headers = {
        ...this.#propagatedHeaders(context),
        ...this.#headers,
        ...(requestId && { [REQUEST_ID]: requestId }),
        ...(pinned !== null && { [REVISION_HEADER]: pinned }),
        ...spanOf(request)?.injectHeaders(),
      };
      const response = await sendRequest(
        this.#pool,
        { path: this.#path, headers, body },
        { perFetch: this.#options.maxBytes, perRequest: budget?.left ?? Number.POSITIVE_INFINITY },
        cancellation,
      );
      if (budget) budget.left -= response.body.length;
      if (response.revision !== null) {
        this.revisions.observe(response.revision);
        // Another fetch may have pinned one since this fetch was sent.
        if (revisions?.pin(this.service, response.revision) === false)
          throw new SubgraphFailure('SUBGRAPH_REVISION_MISMATCH', 'response with another revision of the store');
      }
      return parseResponse(response.status, response.body, representations?.length ?? null);
    };
    // A mutation may have been executed, so it is never retried.
    return query?.trimStart().startsWith('mutation') ? send() : this.#retryPolicy.execute(send);
  }
}

const isRevisionMismatch = (error: unknown): boolean =>
  error instanceof SubgraphFailure && error.code === 'SUBGRAPH_REVISION_MISMATCH';
