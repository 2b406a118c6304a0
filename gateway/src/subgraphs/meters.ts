import { durationMeter, gaugeMeter, type Meter } from '@dossier/http-server';
import type { BreakerState } from './breaker.js';
import type { FailureCode } from './failure.js';

/** How a fetch ended: with an answer, or why without one. */
export type Outcome = 'OK' | FailureCode;

/** Measures what subgraphs are asked. */
export interface SubgraphMeters {
  meters: Meter[];
  /** To be told how each fetch from one subgraph ended, after so many seconds. */
  timing: (subgraph: string) => (outcome: Outcome, seconds: number) => void;
}

const STATES: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

/** Metrics of subgraphs. `sources` is asked at each scrape. */
export function subgraphMeters(
  sources: () => Iterable<{ service: string; breakerState: BreakerState }>,
): SubgraphMeters {
  const durations = durationMeter(
    'dossier_subgraph_request_duration_seconds',
    'Time of a fetch from a subgraph, in seconds, by how it ended: OK, or a code of the catalogue.',
    ['subgraph', 'outcome'],
  );
  const breakers = gaugeMeter(
    'dossier_subgraph_breaker_state',
    'Whether a subgraph is asked: 0 it is, 1 one request tries whether it is well again, 2 it is left alone.',
    ['subgraph'],
    () =>
      [...sources()].map(({ service, breakerState }) => ({
        labels: { subgraph: service },
        value: STATES[breakerState],
      })),
  );
  return {
    meters: [durations, breakers],
    timing: (subgraph) => {
      const well = durations.labels({ subgraph, outcome: 'OK' });
      return (outcome, seconds) => (outcome === 'OK' ? well : durations.labels({ subgraph, outcome })).observe(seconds);
    },
  };
}
