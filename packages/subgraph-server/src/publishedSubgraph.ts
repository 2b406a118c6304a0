import { setTimeout as wait } from 'node:timers/promises';
import { type Log, silentLog } from '@dossier/http-server';
import { type ReadDb, RemoteDb, type Store, StoreError, StoreUnavailableError } from '@dossier/store';
import type { DatabaseOptions, PostgresServers, PostgresStore, PublishedRevision } from '@dossier/store/postgres';
import { MERGED_IDS } from './mergedIds.js';
import { StoreHandle } from './storeHandle.js';
import { openHandle, type Subgraph, type SubgraphDefinition, type SubgraphOptions, schemaOf } from './subgraph.js';
import type { WatchOptions } from './watchFile.js';

export interface PublishedStoreOptions
  extends Omit<SubgraphOptions, 'file' | 'migrations' | 'onStatement' | 'onDamage'>,
    DatabaseOptions {
  /** Called for each query that failed on one server, with a code, and is sent to another; for metrics. */
  onRepeat?: (server: string, code: string) => void;
  log?: Log;
}

/** The revision of a store that could not be opened yet. */
const NO_REVISION = 'unavailable';

/** How often to try to open a store that could not be opened, in milliseconds. */
const REOPEN_MS = 500;

interface OpenedStore {
  /** Null if no server could be reached. */
  store: PostgresStore | null;
  handle: StoreHandle;
}

/**
 * Opens the store of a service in a PostgreSQL database. If no server can be reached, every field fails with STORE_UNAVAILABLE until
 * one can. Rejects with a StoreError if the store was not published, or by another version.
 */
export async function openPublishedSubgraph<Context extends object>(
  definition: SubgraphDefinition<Context>,
  options: PublishedStoreOptions,
): Promise<Subgraph> {
  const { name, readAtOpen = [] } = definition;
  const { onQueryDuration, log = silentLog } = options;
  // Only programs that read from PostgreSQL load its driver.
  const { openPostgresStore, PostgresServers } = await import('@dossier/store/postgres');
  const logUnavailable = (reason: string) =>
    log.error({ store: name, code: 'STORE_UNAVAILABLE', reason }, 'the store is not available');
  const logState = (code: string | null) => {
    if (code === null) log.info({ store: name }, 'the store is available again');
    else logUnavailable(code);
  };
  const servers = new PostgresServers({
    ...options,
    applicationName: `dossier ${name}`,
    onState: logState,
    onServerState: (server, code) => {
      if (code === null) log.info({ store: name, server }, 'a server of the store is available again');
      else log.warn({ store: name, server, reason: code }, 'a server of the store is not available; others are read');
    },
  });
  const open = async (published: PublishedRevision | null): Promise<OpenedStore> => {
    const store: PostgresStore = await openPostgresStore(name, definition, [MERGED_IDS, ...readAtOpen], servers, {
      published,
      ...(onQueryDuration && { onQueryDuration }),
      // The tables of a replaced store may have been dropped.
      onFailingReads: (code) => {
        if (current.store === store) logState(code);
      },
    });
    const contexts = definition.createContext(store, { ...options, file: store.source });
    const handle = new StoreHandle(store, store.source, contexts);
    // The rows are those of a checked file, copied in one transaction.
    handle.verified('verified');
    return { store, handle };
  };
  let current: OpenedStore;
  let openProblem = '';
  try {
    current = await open(null);
  } catch (error) {
    if (!(error instanceof StoreError) || error.reason !== 'UNAVAILABLE') {
      servers.close();
      throw error;
    }
    openProblem = error.message;
    // A server that cannot be reached has been reported.
    if (servers.failure === null) logUnavailable(openProblem);
    current = { store: null, handle: unavailableHandle(servers) };
  }
  let replaced: StoreHandle[] = [];
  /** Switches to a revision that is newer than the current one, if there is any; resolves to whether it did. */
  const update = async (): Promise<boolean> => {
    const { store, handle: previous } = current;
    const newer = (await store?.findNewer()) ?? null;
    if (store && !newer) return false;
    current = await open(newer);
    replaced = [...replaced.filter(({ isClosed }) => !isClosed), previous];
    previous.retire(options.replacedStoreMs);
    return true;
  };
  return {
    ...schemaOf(definition, options.maxEntities),
    file: null,
    get storeHandle() {
      return current.handle;
    },
    storeHandleOf: (revision) => openHandle([current.handle, ...replaced], revision),
    get revision() {
      return current.handle.revision;
    },
    get builtAt() {
      return current.handle.builtAt;
    },
    createContext: () => current.handle.createContext(),
    reload: async () => void (await update()),
    watch: (watchOptions) =>
      watchRevision(name, watchOptions, {
        isOpen: () => current.store !== null,
        isReachable: () => servers.failure === null,
        openProblem,
        logUnavailable,
        revision: () => current.handle.revision,
        update,
      }),
    close: () => {
      for (const handle of [...replaced, current.handle]) handle.retire();
      servers.close();
    },
  };
}

interface WatchedRevision {
  isOpen: () => boolean;
  /** Whether a server can be reached. If not, the log says so. */
  isReachable: () => boolean;
  /** Why it could not be opened at first, which the log says; empty if it was. */
  openProblem: string;
  logUnavailable: (reason: string) => void;
  /** The revision in use. */
  revision: () => string;
  /** Resolves to whether another revision is in use now. Rejects if the store cannot be read. */
  update: () => Promise<boolean>;
}

/** Switches whenever the database has a newer revision, and opens a store that could not be opened. */
function watchRevision(
  what: string,
  { intervalMs, reloads, log = silentLog }: WatchOptions,
  { isOpen, isReachable, openProblem, logUnavailable, revision, update }: WatchedRevision,
): { stop: () => void } {
  reloads.observe(what);
  const stopped = new AbortController();
  const { signal } = stopped;
  let lastProblem = openProblem;
  const check = async (): Promise<void> => {
    const wasOpen = isOpen();
    try {
      const isReplaced = await update();
      lastProblem = '';
      if (!isReplaced) return;
      log.info({ what, revision: revision() }, 'reloaded');
      reloads.observe(what, 'taken');
    } catch (error) {
      const { message } = error as Error;
      if (!isReachable() || message === lastProblem || signal.aborted) return;
      lastProblem = message;
      if (!wasOpen) {
        logUnavailable(message);
        return;
      }
      log.error({ what, reason: message }, 'reload rejected; the previous store stays in use');
      reloads.observe(what, 'refused');
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
function unavailableHandle(servers: PostgresServers): StoreHandle {
  const store: Store = {
    db: new UnavailableDb() as ReadDb,
    source: NO_REVISION,
    revision: NO_REVISION,
    builtAt: new Date(0),
    failure: () => NO_REVISION,
    servers: () => servers.states,
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
