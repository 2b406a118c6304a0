import { setTimeout as wait } from 'node:timers/promises';
import { type Log, silentLog } from '@dossier/http-server';
import { type ReadDb, RemoteDb, type Store, StoreError, StoreUnavailableError } from '@dossier/store';
import type { PostgresStore } from '@dossier/store/postgres';
import { MERGED_IDS } from './mergedIds.js';
import { StoreHandle } from './storeHandle.js';
import { type Subgraph, type SubgraphDefinition, type SubgraphOptions, schemaOf } from './subgraph.js';
import type { WatchOptions } from './watchFile.js';

export interface PublishedStoreOptions
  extends Omit<SubgraphOptions, 'file' | 'migrations' | 'onStatement' | 'onDamage'> {
  /** Connection string of the database that the store was published to. */
  url: string;
  /** Number of connections for each store. */
  poolSize: number;
  /** See `PoolOptions` of the store. */
  prepare: 'named' | 'unnamed';
  log?: Log;
}

/** The revision of a store that could not be opened yet. */
const NO_REVISION = 'unavailable';

/** How often to try to open a store that could not be opened, in milliseconds. */
const REOPEN_MS = 500;

/**
 * Opens the store of a service in a PostgreSQL database. If the server cannot be reached, every field fails with STORE_UNAVAILABLE until
 * it can. Rejects with a StoreError if the store was not published, or by another version.
 */
export async function openPublishedSubgraph<Context extends object>(
  definition: SubgraphDefinition<Context>,
  options: PublishedStoreOptions,
): Promise<Subgraph> {
  const { name, tables, textIndexes = [], readAtOpen = [] } = definition;
  const { url, poolSize, prepare, onQueryDuration, log = silentLog } = options;
  // Only programs that read from PostgreSQL load its driver.
  const { openPostgresStore } = await import('@dossier/store/postgres');
  const onState = (code: string | null): void => {
    if (code === null) log.info({ store: name }, 'the store is available again');
    else log.error({ store: name, code: 'STORE_UNAVAILABLE', reason: code }, 'the store is not available');
  };
  const open = async (): Promise<{ store: PostgresStore; handle: StoreHandle }> => {
    const store = await openPostgresStore(name, { tables, textIndexes }, [MERGED_IDS, ...readAtOpen], {
      url,
      poolSize,
      prepare,
      onState,
      ...(onQueryDuration && { onQueryDuration }),
    });
    try {
      const contexts = definition.createContext(store, { ...options, file: store.source });
      const handle = new StoreHandle(store, store.source, contexts);
      // The rows are those of a checked file, copied in one transaction.
      handle.verified('verified');
      return { store, handle };
    } catch (error) {
      store.close();
      throw error;
    }
  };
  let current: { store: PostgresStore | null; handle: StoreHandle };
  try {
    current = await open();
  } catch (error) {
    if (!(error instanceof StoreError) || error.reason !== 'UNAVAILABLE') throw error;
    log.error({ store: name, code: 'STORE_UNAVAILABLE', reason: error.message }, 'the store is not available');
    current = { store: null, handle: unavailableHandle() };
  }
  let replaced: StoreHandle[] = [];
  const reload = async (): Promise<void> => {
    const next = await open();
    const previous = current.handle;
    current = next;
    replaced = [...replaced.filter(({ isClosed }) => !isClosed), previous];
    previous.retire(options.replacedStoreMs);
  };
  return {
    ...schemaOf(definition, options.maxEntities),
    file: null,
    get storeHandle() {
      return current.handle;
    },
    get revision() {
      return current.handle.revision;
    },
    get builtAt() {
      return current.handle.builtAt;
    },
    createContext: () => current.handle.createContext(),
    reload,
    watch: (watchOptions) =>
      watchRevision(name, watchOptions, {
        isOpen: () => current.store !== null,
        hasNewer: async () => (await current.store?.findNewer()) != null,
        reload: async () => {
          await reload();
          return current.handle.revision;
        },
      }),
    close: () => {
      for (const handle of [...replaced, current.handle]) handle.retire();
    },
  };
}

interface WatchedRevision {
  isOpen: () => boolean;
  /** Rejects if the server cannot be reached. */
  hasNewer: () => Promise<boolean>;
  /** Resolves to the revision that is in use then. */
  reload: () => Promise<string>;
}

/** Switches whenever the database has a newer revision, and opens a store that could not be opened. */
function watchRevision(
  what: string,
  { intervalMs, reloads, log = silentLog }: WatchOptions,
  { isOpen, hasNewer, reload }: WatchedRevision,
): { stop: () => void } {
  reloads.observe(what);
  const stopped = new AbortController();
  const { signal } = stopped;
  let lastProblem = '';
  const check = async (): Promise<void> => {
    const wasOpen = isOpen();
    try {
      if (wasOpen && !(await hasNewer().catch(() => false))) return;
      const revision = await reload();
      lastProblem = '';
      log.info({ what, revision }, 'reloaded');
      reloads.observe(what, 'taken');
    } catch (error) {
      const { message } = error as Error;
      // The server may be unreachable for long.
      if (message === lastProblem || signal.aborted) return;
      lastProblem = message;
      log.error({ what, reason: message }, 'reload rejected; the previous store stays in use');
      if (wasOpen) reloads.observe(what, 'refused');
    }
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      if (intervalMs === 0 && isOpen()) return;
      await wait(isOpen() ? intervalMs : REOPEN_MS, undefined, { ref: false, signal }).catch(() => {});
      if (!signal.aborted) await check();
    }
  };
  void run();
  return { stop: () => stopped.abort() };
}

/** A store that could not be opened: each use of a data source fails. */
function unavailableHandle(): StoreHandle {
  const store: Store = {
    db: new UnavailableDb() as ReadDb,
    source: NO_REVISION,
    revision: NO_REVISION,
    builtAt: new Date(0),
    failure: () => NO_REVISION,
    close: () => {},
  };
  const context = new Proxy(
    {},
    {
      get: () => {
        throw new StoreUnavailableError('NOT_OPENED');
      },
    },
  );
  return new StoreHandle(store, NO_REVISION, () => context);
}

class UnavailableDb extends RemoteDb {
  override query(): Promise<unknown[][]> {
    return Promise.reject(new StoreUnavailableError('NOT_OPENED'));
  }
}
