import { ClientDisconnected, SubgraphFailure } from './failure.js';

/** Milliseconds after which a fetch starts to watch whether the client disconnects: most fetches end sooner. */
const SIGNAL_DELAY_MS = 50;

/** Cancels a fetch. */
export interface Cancellation {
  /** Why the fetch was cancelled; null while it is not. */
  failure: SubgraphFailure | null;
  /** Called once, when the fetch is cancelled. */
  onCancel: (failure: SubgraphFailure) => void;
}

/** State that all fetches of one client request share. */
interface RequestState {
  /** Start of the first fetch, as `performance.now()`. */
  startedAt: number;
  isDisconnected: boolean;
}

/**
 * The deadlines of fetches: one per fetch, which includes its retry and ends with the last byte of the response, and one for all
 * fetches of a client request, from the first fetch on. A fetch is also cancelled if its client disconnects.
 */
export class Deadlines {
  readonly #requestMs: number;
  readonly #requests = new WeakMap<object, RequestState>();

  /** `requestMs`: deadline of all fetches of a client request, in milliseconds. */
  constructor(requestMs: number) {
    this.#requestMs = requestMs;
  }

  /**
   * Runs a fetch, and cancels it after `timeoutMs` milliseconds at the latest. Rejects with a SubgraphFailure then.
   * `request` is the object that all fetches of a client request share.
   */
  runWithDeadline<T>(
    request: object & { readonly signal?: AbortSignal },
    timeoutMs: number,
    work: (cancellation: Cancellation) => Promise<T>,
  ): Promise<T> {
    const state = this.#stateOf(request);
    const remainingMs = state.startedAt + this.#requestMs - performance.now();
    if (state.isDisconnected) return Promise.reject(new ClientDisconnected());
    if (remainingMs <= 0) return Promise.reject(this.#requestTimeout());
    return new Promise((resolve, reject) => {
      const cancellation: Cancellation = { failure: null, onCancel: () => {} };
      const cancel = (failure: SubgraphFailure) => {
        if (cancellation.failure) return;
        cancellation.failure = failure;
        reject(failure);
        cancellation.onCancel(failure);
      };
      const onDisconnect = () => {
        state.isDisconnected = true;
        cancel(new ClientDisconnected());
      };
      const onTimeout = () =>
        cancel(
          timeoutMs <= remainingMs
            ? new SubgraphFailure('SUBGRAPH_TIMEOUT', `no complete response within ${timeoutMs} ms`)
            : this.#requestTimeout(),
        );
      const maxMs = Math.min(timeoutMs, remainingMs);
      let signal: AbortSignal | undefined;
      let timer = setTimeout(
        () => {
          if (maxMs <= SIGNAL_DELAY_MS) return onTimeout();
          timer = setTimeout(onTimeout, maxMs - SIGNAL_DELAY_MS);
          signal = request.signal;
          if (signal?.aborted) onDisconnect();
          else signal?.addEventListener('abort', onDisconnect, { once: true });
        },
        Math.min(maxMs, SIGNAL_DELAY_MS),
      );
      work(cancellation)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onDisconnect);
        });
    });
  }

  #requestTimeout(): SubgraphFailure {
    return new SubgraphFailure('GATEWAY_TIMEOUT', `the request has taken ${this.#requestMs} ms`);
  }

  #stateOf(request: object): RequestState {
    let state = this.#requests.get(request);
    if (!state) {
      state = { startedAt: performance.now(), isDisconnected: false };
      this.#requests.set(request, state);
    }
    return state;
  }
}
