import type { GraphQLDataSource } from '@apollo/gateway';
import { type Log, REQUEST_ID, type RequestContext, SECRET_HEADER, silentLog } from '@dossier/http-server';
import { spanOf } from '@dossier/telemetry';
import { ExponentialBackoff, handleWhen, type RetryPolicy, retry } from 'cockatiel';
import { Pool } from 'undici';
import { Breaker, type BreakerOptions, type BreakerState } from './breaker.js';
import type { Cut, Deadlines } from './deadlines.js';
import { exchange } from './exchange.js';
import { ClientGone, SubgraphFailure } from './failure.js';
import type { GraphTypes } from './graphTypes.js';
import type { Outcome } from './meters.js';
import { unanswered } from './noData.js';
import { type ClientErrors, clientErrors } from './passed.js';
import { type Answer, readAnswer } from './readAnswer.js';
import { requestIdOf } from './requestIdOf.js';
import type { SubgraphRequest, SubgraphResponse } from './types.js';
import { usable } from './usable.js';

const CONNECTIONS = 64;
/** The time after which a fetch is repeated is drawn from about this length: many that failed together do not come back together. */
const REPEAT_MS = { initialDelay: 20, maxDelay: 80 };
/** Characters of a subgraph's words that are logged at most. */
const LOGGED = 1000;

export interface HttpOptions {
  /** How long a connection to a subgraph may take to be made. */
  connectMs: number;
  /** How long a subgraph may take to answer, to the last byte. */
  answerMs: number;
  /** Bytes of an answer at most. */
  largest: number;
  breaker: BreakerOptions;
  /** What the subgraphs know the gateway by; null where they answer anybody. */
  secret: string | null;
  /** Codes of errors that reach clients with their message; see DEFAULT_CLIENT_ERROR_CODES. */
  clientErrorCodes?: readonly string[];
  /** Headers of clients that are sent on. */
  propagateHeaders?: readonly PropagatedHeader[];
}

/** A header of clients that is sent on to subgraphs. */
export interface PropagatedHeader {
  /** In lower case. */
  name: string;
  /** The subgraphs that get it; `*` for all. */
  subgraphs: readonly string[] | '*';
}

export interface HttpSurroundings {
  patience: Deadlines;
  log?: Log;
  timed?: (outcome: Outcome, seconds: number) => void;
}

/**
 * Calls a subgraph by HTTP over kept-alive connections, within deadlines and a size. A fetch that cannot have reached it
 * is repeated once. A subgraph that gives no answer costs its own fields and nothing else.
 */
export class HttpDataSource implements GraphQLDataSource {
  readonly service: string;
  /** Revision of the service's store, as its last answer told; null before the first. */
  revision: string | null = null;
  readonly #types: GraphTypes;
  readonly #options: HttpOptions;
  readonly #patience: Deadlines;
  readonly #clientErrors: ClientErrors;
  readonly #propagated: readonly string[];
  readonly #log: Log;
  readonly #timed: (outcome: Outcome, seconds: number) => void;
  readonly #pool: Pool;
  readonly #path: string;
  readonly #headers: Record<string, string>;
  readonly #breaker: Breaker;
  #closed: Promise<void> | null = null;
  readonly #repeating: RetryPolicy = retry(
    handleWhen((error) => error instanceof SubgraphFailure && error.mayBeRepeated),
    { maxAttempts: 1, backoff: new ExponentialBackoff(REPEAT_MS) },
  );

  constructor(
    service: string,
    url: string,
    types: GraphTypes,
    options: HttpOptions,
    { patience, log = silentLog, timed = () => {} }: HttpSurroundings,
  ) {
    const { origin, pathname, search } = new URL(url);
    this.service = service;
    this.#types = types;
    this.#options = options;
    this.#patience = patience;
    this.#clientErrors = clientErrors(options.clientErrorCodes);
    this.#propagated =
      options.propagateHeaders?.flatMap(({ name, subgraphs }) =>
        subgraphs === '*' || subgraphs.includes(service) ? [name] : [],
      ) ?? [];
    this.#log = log;
    this.#timed = timed;
    this.#path = pathname + search;
    this.#headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(options.secret !== null && { [SECRET_HEADER]: options.secret }),
    };
    // How long an answer takes is for the deadline of the whole fetch.
    this.#pool = new Pool(origin, {
      connections: CONNECTIONS,
      connect: { timeout: options.connectMs },
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.#breaker = new Breaker(options.breaker, (state) =>
      log[state === 'open' ? 'warn' : 'info']({ subgraph: service, breaker: state }, 'subgraph breaker'),
    );
  }

  get breakerState(): BreakerState {
    return this.#breaker.state;
  }

  async process({ request, context }: SubgraphRequest): Promise<SubgraphResponse> {
    const begun = performance.now();
    const requestId = requestIdOf(context);
    let outcome: Outcome = 'OK';
    try {
      const answer = await this.#breaker.run(() =>
        this.#patience.within(context, this.#options.answerMs, (cut) => this.#ask(request, context, cut)),
      );
      const { response, faults } = usable(this.service, answer, request, this.#types, (error) =>
        this.#clientErrors.mask(this.service, error),
      );
      if (faults.length > 0)
        this.#log.error(
          { requestId, subgraph: this.service, faults: faults.slice(0, 10), count: faults.length },
          'subgraph gave wrong values',
        );
      const hidden = answer.errors?.filter((error) => !this.#clientErrors.isForClients(error));
      if (hidden?.length)
        this.#log.error(
          { requestId, subgraph: this.service, errors: JSON.stringify(hidden).slice(0, LOGGED), count: hidden.length },
          'subgraph failed at fields',
        );
      return response;
    } catch (error) {
      const { code, message: reason } =
        error instanceof SubgraphFailure
          ? error
          : new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'the gateway failed to ask it');
      outcome = code;
      this.#log[error instanceof ClientGone ? 'debug' : 'error'](
        { requestId, subgraph: this.service, code, reason, ...(!(error instanceof SubgraphFailure) && { err: error }) },
        'subgraph gave no answer',
      );
      return unanswered(this.service, code, request, this.#types.supertypes);
    } finally {
      this.#timed(outcome, (performance.now() - begun) / 1000);
    }
  }

  /** Resolves once the fetches under way have ended and the connections are closed. Calls after the first get the same promise. */
  close(): Promise<void> {
    this.#closed ??= this.#pool.close();
    return this.#closed;
  }

  /** The client's headers that this subgraph gets. */
  #propagatedFrom(context: object): Record<string, string> {
    const { headers = {} } = context as Partial<RequestContext>;
    return Object.fromEntries(
      this.#propagated.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
    );
  }

  #ask(request: SubgraphRequest['request'], context: object, cut: Cut): Promise<Answer> {
    const { requestId, budget } = context as Partial<RequestContext>;
    const { query, variables } = request;
    const body = JSON.stringify({ query, variables });
    const entities = variables?.['representations'] as unknown[] | undefined;
    const once = async (): Promise<Answer> => {
      if (cut.failure) throw cut.failure;
      const headers = {
        ...this.#propagatedFrom(context),
        ...this.#headers,
        ...(requestId && { [REQUEST_ID]: requestId }),
        ...spanOf(request)?.headers(),
      };
      const answer = await exchange(
        this.#pool,
        { path: this.#path, headers, body },
        { perFetch: this.#options.largest, perRequest: budget?.left ?? Number.POSITIVE_INFINITY },
        cut,
      );
      if (budget) budget.left -= answer.body.length;
      if (answer.revision !== null) this.revision = answer.revision;
      return readAnswer(answer.status, answer.body, entities?.length ?? null);
    };
    return query?.trimStart().startsWith('mutation') ? once() : this.#repeating.execute(once);
  }
}
