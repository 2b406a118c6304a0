import { durationMeter, gaugeMeter, type Meter } from '@dossier/http-server';
import type { BreakerState } from './breaker.js';
import type { FailureCode } from './failure.js';

/** The outcome of a fetch: OK, or the code of its failure. */
export type Outcome = 'OK' | FailureCode;

/** Metrics of the fetches from subgraphs. */
export interface SubgraphMeters {
  meters: Meter[];
  /** Returns the callback for the outcomes and durations (in seconds) of the fetches from a subgraph. */
  observeFetches: (subgraph: string) => (outcome: Outcome, seconds: number) => void;
}

const STATES: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

/** Creates the metrics of subgraphs. `getSources` is called at every scrape. */
export function subgraphMeters(
  getSources: () => Iterable<{ service: string; breakerState: BreakerState }>,
): SubgraphMeters {
  const durations = durationMeter(
    'dossier_subgraph_request_duration_seconds',
    'Duration of a fetch from a subgraph, in seconds, by outcome: OK, or an error code.',
    ['subgraph', 'outcome'],
  );
  const breakers = gaugeMeter(
    'dossier_subgraph_breaker_state',
    'State of the circuit breaker of a subgraph: 0 closed (requests are sent), 1 half-open (one trial request is sent), 2 open (no requests are sent).',
    ['subgraph'],
    () =>
      [...getSources()].map(({ service, breakerState }) => ({
        labels: { subgraph: service },
        value: STATES[breakerState],
      })),
  );
  return {
    meters: [durations, breakers],
    observeFetches: (subgraph) => {
      const success = durations.labels({ subgraph, outcome: 'OK' });
      return (outcome, seconds) =>
        (outcome === 'OK' ? success : durations.labels({ subgraph, outcome })).observe(seconds);
    },
  };
}
