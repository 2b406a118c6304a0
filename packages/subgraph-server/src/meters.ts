import { counterMeter, durationMeter, gaugeMeter, type Meter } from '@dossier/http-server';
import type { Subgraph } from './subgraph.js';

type ServedStore = Pick<Subgraph, 'name' | 'revision' | 'builtAt' | 'storeHandle'>;

/** Metrics of the stores that a process serves. */
export interface StoreMeters {
  meters: Meter[];
  /** Returns the callback for the query durations of a store, in seconds. */
  observeQuery: (store: string) => (seconds: number) => void;
  /** Returns the callback for queries of a store that failed on one server and are sent to another. */
  countRepeat: (store: string) => (server: string, code: string) => void;
}

/** Creates metrics of query durations, store revisions and store ages. `getStores` is called at every scrape. */
export function storeMeters(getStores: () => readonly ServedStore[]): StoreMeters {
  const queries = durationMeter(
    'dossier_sqlite_statement_duration_seconds',
    "Duration of an SQL query on a service's store, in seconds.",
    ['store'],
  );
  const revision = gaugeMeter(
    'dossier_store_info',
    'Always 1; the revision label is the revision of the store in use.',
    ['store', 'revision'],
    () => getStores().map((store) => ({ labels: { store: store.name, revision: store.revision }, value: 1 })),
  );
  const age = gaugeMeter('dossier_store_age_seconds', 'Time since the store was built, in seconds.', ['store'], () =>
    getStores().map(({ name, builtAt }) => ({
      labels: { store: name },
      value: Math.max(0, (Date.now() - builtAt.getTime()) / 1000),
    })),
  );
  const available = gaugeMeter(
    'dossier_store_available',
    '1 if the store can be read; 0 if it is damaged, or its database cannot be reached or read.',
    ['store'],
    () =>
      getStores().map(({ name, storeHandle: { state } }) => ({
        labels: { store: name },
        value: state === 'damaged' || state === 'unavailable' ? 0 : 1,
      })),
  );
  const servers = gaugeMeter(
    'dossier_store_server_available',
    '1 if a server of the database that the store is in can be reached, else 0.',
    ['store', 'server'],
    () =>
      getStores().flatMap(({ name, storeHandle }) =>
        storeHandle.servers.map((server) => ({
          labels: { store: name, server: server.name },
          value: server.failure === null ? 1 : 0,
        })),
      ),
  );
  const repeats = counterMeter(
    'dossier_store_repeated_queries_total',
    'Queries that failed on a server of the database and were sent to another, by SQLSTATE or code of the network error.',
    ['store', 'server', 'code'],
  );
  return {
    meters: [queries, revision, age, available, servers, repeats],
    observeQuery: (store) => {
      const query = queries.labels(store);
      return (seconds) => query.observe(seconds);
    },
    countRepeat: (store) => (server, code) => repeats.inc({ store, server, code }),
  };
}
