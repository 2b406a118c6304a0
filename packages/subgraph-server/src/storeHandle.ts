import type { Store } from '@dossier/store';
import type { ReadLimits } from './storeReads.js';

/** A reference-counted open store. After `retire`, it is closed when no request uses it any more. */
export class StoreHandle {
  readonly revision: string;
  readonly builtAt: Date;
  /** Identifies the file that was opened, among those that replace each other at the same path; see `fileKey`. */
  readonly fileKey: string;
  /** Creates the context of one request. */
  readonly createContext: (limits?: ReadLimits) => object;
  readonly #store: Store;
  #requests = 0;
  #isRetired = false;
  #idleMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(store: Store, fileKey: string, createContext: (limits?: ReadLimits) => object) {
    this.revision = store.revision;
    this.builtAt = store.builtAt;
    this.fileKey = fileKey;
    this.createContext = createContext;
    this.#store = store;
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
