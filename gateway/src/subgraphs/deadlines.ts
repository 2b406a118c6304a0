import { ClientGone, SubgraphFailure } from './failure.js';

/** Fetches that are answered sooner do not need to know whether the client is still there. */
const LOOK_MS = 50;

/** Ends a fetch from outside. */
export interface Cut {
  /** Why it was cut; null while it goes on. */
  failure: SubgraphFailure | null;
  /** Called once, when it is. */
  onCut: (failure: SubgraphFailure) => void;
}

interface Waiting {
  begun: number;
  /** Whether the client went away. */
  isGone: boolean;
}

const abandoned = (reason: string) => new SubgraphFailure('GATEWAY_TIMEOUT', reason);

/**
 * How long is waited: for one subgraph from the moment it is asked until it has answered to the last byte, repetitions
 * included; for all subgraphs together from the first fetch of a request on. If the client goes away, no longer.
 */
export class Deadlines {
  readonly #requestMs: number;
  readonly #requests = new WeakMap<object, Waiting>();

  constructor(requestMs: number) {
    this.#requestMs = requestMs;
  }

  /** Works for at most so long. `request` is what all fetches of one request share. */
  within<T>(
    request: object & { readonly signal?: AbortSignal },
    milliseconds: number,
    work: (cut: Cut) => Promise<T>,
  ): Promise<T> {
    const waiting = this.#waitingFor(request);
    const left = waiting.begun + this.#requestMs - performance.now();
    if (waiting.isGone) return Promise.reject(new ClientGone());
    if (left <= 0) return Promise.reject(abandoned(`the request has taken ${this.#requestMs} ms`));
    return new Promise((resolve, reject) => {
      const cut: Cut = { failure: null, onCut: () => {} };
      const end = (failure: SubgraphFailure) => {
        if (cut.failure) return;
        cut.failure = failure;
        reject(failure);
        cut.onCut(failure);
      };
      const onGone = () => {
        waiting.isGone = true;
        end(new ClientGone());
      };
      const onLate = () =>
        end(
          milliseconds <= left
            ? new SubgraphFailure('SUBGRAPH_TIMEOUT', `no whole answer within ${milliseconds} ms`)
            : abandoned(`the request has taken ${this.#requestMs} ms`),
        );
      const most = Math.min(milliseconds, left);
      let signal: AbortSignal | undefined;
      let timer = setTimeout(
        () => {
          if (most <= LOOK_MS) return onLate();
          timer = setTimeout(onLate, most - LOOK_MS);
          signal = request.signal;
          if (signal?.aborted) onGone();
          else signal?.addEventListener('abort', onGone, { once: true });
        },
        Math.min(most, LOOK_MS),
      );
      work(cut)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onGone);
        });
    });
  }

  #waitingFor(request: object): Waiting {
    let waiting = this.#requests.get(request);
    if (!waiting) {
      waiting = { begun: performance.now(), isGone: false };
      this.#requests.set(request, waiting);
    }
    return waiting;
  }
}
