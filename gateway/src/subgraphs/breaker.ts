import { type CircuitBreakerPolicy, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { SubgraphFailure } from './failure.js';

export interface BreakerOptions {
  /** Number of consecutive failures after which the circuit opens. */
  failures: number;
  /** Milliseconds that the circuit stays open; then a single request is let through. */
  openMs: number;
}

/** The metric `dossier_subgraph_breaker_state` reports them as 0, 1 and 2. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** The circuit breaker of a subgraph: after repeated failures, requests fail immediately instead of waiting for it. */
export class CircuitBreaker {
  readonly #policy: CircuitBreakerPolicy;
  readonly #openMs: number;
  /** When the circuit opened, as `performance.now()`. */
  #openedAt = 0;

  constructor({ failures, openMs }: BreakerOptions, onChange: (state: BreakerState) => void) {
    // A trial request that the gateway gave up on says nothing about the subgraph: the circuit opens again.
    const isFailure = (error: unknown): boolean =>
      !(error instanceof SubgraphFailure) ||
      error.countsAsFailure ||
      (error.isGatewayTimeout && this.#policy.state === CircuitState.HalfOpen);
    this.#policy = circuitBreaker(handleWhen(isFailure), {
      // cockatiel measures this by the system time, which may be set back. So it never waits, and `run` does.
      halfOpenAfter: Number.NEGATIVE_INFINITY,
      breaker: new ConsecutiveBreaker(failures),
    });
    this.#openMs = openMs;
    this.#policy.onStateChange((state) => {
      if (state === CircuitState.Open) this.#openedAt = performance.now();
      onChange(this.state);
    });
  }

  get state(): BreakerState {
    const { state } = this.#policy;
    return state === CircuitState.Closed ? 'closed' : state === CircuitState.HalfOpen ? 'half-open' : 'open';
  }

  /** Runs `work`, or rejects with SUBGRAPH_CIRCUIT_OPEN while the circuit is open. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    // cockatiel would make the other requests wait for the trial request.
    if (this.#policy.state === CircuitState.HalfOpen || this.#isWaiting()) throw circuitOpen();
    return this.#policy.execute(work);
  }

  #isWaiting(): boolean {
    return this.#policy.state === CircuitState.Open && performance.now() - this.#openedAt < this.#openMs;
  }
}

const circuitOpen = () => new SubgraphFailure('SUBGRAPH_CIRCUIT_OPEN', 'not called: the circuit breaker is open');
