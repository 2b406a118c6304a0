import { inheritSpan } from '@dossier/telemetry';
import type { CachedResponse, ResponseCache, Source } from '../cache/responseCache.js';
import { type ClientContext, createAbortController, onDisconnect, type RequestContext } from './requestContext.js';
import type { Revisions } from './revisions.js';

/** One execution that several clients wait for. It is aborted when all of them have disconnected. */
class SharedExecution<Result> implements RequestContext {
  readonly requestId: string;
  readonly startedAt: number;
  readonly budget: { left: number };
  readonly revisions: Revisions;
  readonly headers: Readonly<Record<string, string>>;
  readonly result: Promise<Result>;
  isAborted = false;
  /** Clock of the cache when the execution started. */
  startClock: number;
  /** Null if the sources are not known, empty before the operation is planned. */
  sources: readonly Source[] | null = [];
  #controller: AbortController | undefined;
  #clients = 0;

  /** Takes the properties of the first client's context. */
  constructor(
    { requestId, startedAt, budget, revisions, headers }: ClientContext,
    startClock: number,
    execute: (execution: SharedExecution<Result>) => Promise<Result>,
  ) {
    this.requestId = requestId;
    this.startedAt = startedAt;
    this.budget = budget;
    this.revisions = revisions;
    this.headers = headers;
    this.startClock = startClock;
    this.result = execute(this);
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = createAbortController();
      if (this.isAborted) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  join({ response }: ClientContext): Promise<Result> {
    this.#clients++;
    onDisconnect(response, () => {
      if (--this.#clients > 0) return;
      this.isAborted = true;
      this.#controller?.abort();
    });
    return this.result;
  }
}

/** Called before an operation is executed, with the names of its sources; null if they are not known. */
export type OnPlanned = (sources: readonly string[] | null) => void;

interface Response extends CachedResponse {
  hasErrors: boolean;
}

/** Dedupes equal requests in flight: they share one execution. Its response is cached if it has no errors. */
export class RequestDeduper {
  readonly #cache: ResponseCache;
  readonly #inFlight = new Map<string, SharedExecution<CachedResponse>>();

  constructor(cache: ResponseCache) {
    this.#cache = cache;
  }

  /** Joins the execution in flight for this key, or starts one. `maxAge` is in seconds. */
  run(
    key: string,
    client: ClientContext,
    maxAge: number,
    execute: (context: RequestContext, onPlanned: OnPlanned) => Promise<Response>,
  ): Promise<CachedResponse> {
    const cache = this.#cache;
    const current = this.#inFlight.get(key);
    // An execution is not joined if a source has changed since it started, or may have because the sources are not known.
    if (current?.sources && !current.isAborted && !cache.hasChanged(current.sources, current.startClock))
      return current.join(client);
    const execution: SharedExecution<CachedResponse> = new SharedExecution(client, cache.clock, (shared) =>
      execute(inheritSpan(client, shared), (sources) => {
        shared.startClock = cache.clock;
        shared.sources = sources && cache.sourcesOf(sources);
      })
        .then(({ hasErrors, ...response }) => {
          if (!hasErrors && shared.sources) cache.set(key, response, shared.sources, shared.startClock, maxAge);
          return response;
        })
        .finally(() => {
          if (this.#inFlight.get(key) === execution) this.#inFlight.delete(key);
        }),
    );
    this.#inFlight.set(key, execution);
    return execution.join(client);
  }
}
