import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import { SubgraphFailure } from './failure.js';

export interface BreakerOptions {
  /** Failures in a row after which a subgraph is left alone. */
  failures: number;
  /** For how long, in milliseconds; then one request tries it. */
  restMs: number;
}

/** As told by the metric: 0, 1 and 2. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** Leaves a subgraph alone that fails again and again, so that neither it nor clients wait for nothing. */
export class Breaker {
  readonly #policy: CircuitBreakerPolicy;

  constructor({ failures, restMs }: BreakerOptions, onChange: (state: BreakerState) => void) {
    // One that was given up while it tried tells nothing: the subgraph rests on.
    const counts = (error: unknown): boolean =>
      !(error instanceof SubgraphFailure) ||
      error.isBlamed ||
      (error.wasAbandoned && this.#policy.state === CircuitState.HalfOpen);
    this.#policy = circuitBreaker(handleWhen(counts), {
      halfOpenAfter: restMs,
      breaker: new ConsecutiveBreaker(failures),
    });
    this.#policy.onStateChange(() => onChange(this.state));
  }

  get state(): BreakerState {
    const { state } = this.#policy;
    return state === CircuitState.Closed ? 'closed' : state === CircuitState.HalfOpen ? 'half-open' : 'open';
  }

  /** Does the work, or rejects at once while the subgraph is left alone. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    // The policy would have the others wait for the one that tries.
    if (this.#policy.state === CircuitState.HalfOpen) throw resting();
    try {
      return await this.#policy.execute(work);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? resting() : error;
    }
  }
}

const resting = () => new SubgraphFailure('SUBGRAPH_CIRCUIT_OPEN', 'left alone after failures in a row');
