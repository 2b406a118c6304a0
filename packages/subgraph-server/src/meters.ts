import { durationMeter, gaugeMeter, type Meter } from '@dossier/http-server';
import type { Subgraph } from './subgraph.js';

type Served = Pick<Subgraph, 'name' | 'revision' | 'builtAt'>;

/** Measures the stores that a process serves. */
export interface StoreMeters {
  meters: Meter[];
  /** What to tell of a store's queries. */
  onTimed: (store: string) => (seconds: number) => void;
}

/** Metrics of stores: how long their queries take, their revisions, their ages. `served` is asked at each scrape. */
export function storeMeters(served: () => readonly Served[]): StoreMeters {
  const queries = durationMeter(
    'dossier_sqlite_statement_duration_seconds',
    "Time of one SQL query on a service's store, in seconds.",
    ['store'],
  );
  const revision = gaugeMeter(
    'dossier_store_info',
    'Which revision of a store is served; always 1.',
    ['store', 'revision'],
    () => served().map((store) => ({ labels: { store: store.name, revision: store.revision }, value: 1 })),
  );
  const age = gaugeMeter('dossier_store_age_seconds', 'Time since a store was built, in seconds.', ['store'], () =>
    served().map(({ name, builtAt }) => ({
      labels: { store: name },
      value: Math.max(0, (Date.now() - builtAt.getTime()) / 1000),
    })),
  );
  return {
    meters: [queries, revision, age],
    onTimed: (store) => {
      const query = queries.labels(store);
      return (seconds) => query.observe(seconds);
    },
  };
}
