import type { ReadLimits, ServerState, Store, Verification } from '@dossier/store';

/**
 * Whether the bytes of a store in use are known to be those that were built: `verifying` while they are compared with their
 * checksums, `unverified` if there are none, `damaged` also if a query has failed because of the file. `unavailable` is a store in a
 * database that cannot be reached, or whose tables cannot be read.
 */
export type StoreState = 'verifying' | 'verified' | 'unverified' | 'damaged' | 'unavailable';

/** A reference-counted open store. After `retire`, it is closed when no request uses it any more. */
export class StoreHandle {
  readonly revision: string;
  readonly builtAt: Date;
  /** Identifies the file that was opened, among those that replace each other at the same path; see `fileKey`. */
  readonly fileKey: string;
  /** Creates the context of one request. */
  readonly createContext: (limits?: ReadLimits) => object;
  readonly #store: Store;
  readonly #onDamage: (reason: string) => void;
  readonly #closed = new AbortController();
  #state: StoreState = 'unverified';
  #requests = 0;
  #isRetired = false;
  #idleMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `onDamage` is called at most once, with a reason for operators. */
  constructor(
    store: Store,
    fileKey: string,
    createContext: (limits?: ReadLimits) => object,
    onDamage: (reason: string) => void = () => {},
  ) {
    this.revision = store.revision;
    this.builtAt = store.builtAt;
    this.fileKey = fileKey;
    this.createContext = createContext;
    this.#store = store;
    this.#onDamage = onDamage;
  }

  get state(): StoreState {
    return this.#store.failure?.() ? 'unavailable' : this.#state;
  }

  /** The servers of the database that the store is in; none for a file. */
  get servers(): readonly ServerState[] {
    return this.#store.servers?.() ?? [];
  }

  /** Aborted when the store is no longer used. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  /** Records that a verification has started, or its result. */
  verified(state: Verification | 'verifying'): void {
    if (this.#state !== 'damaged') this.#state = state;
  }

  /** Records that the file is damaged or cannot be read. */
  damaged(reason: string): void {
    if (this.#state === 'damaged') return;
    this.#state = 'damaged';
    this.#onDamage(reason);
  }

  /** Whether the store is closed, so that its contexts cannot be used any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Runs `work` with a context of this store, by default a new one, and keeps the store open until it settles. */
  async use<T>(work: (context: object) => T | Promise<T>, context: object = this.createContext()): Promise<T> {
    this.#requests++;
    try {
      return await work(context);
    } finally {
      this.#requests--;
      if (this.#isRetired) this.#closeIfIdle();
    }
  }

  /** Closes the store when no request has used it for `idleMs` milliseconds: a request may use it again. */
  retire(idleMs = 0): void {
    this.#isRetired = true;
    this.#idleMs = idleMs;
    this.#closed.abort();
    this.#closeIfIdle();
  }

  #closeIfIdle(): void {
    clearTimeout(this.#timer);
    if (this.#requests > 0 || this.#isClosed) return;
    if (this.#idleMs > 0) this.#timer = setTimeout(() => this.#close(), this.#idleMs).unref();
    else this.#close();
  }

  #close(): void {
    if (this.#requests > 0) return;
    this.#isClosed = true;
    this.#store.close();
  }
}
