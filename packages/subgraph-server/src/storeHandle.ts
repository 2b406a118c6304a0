import type { Store } from '@dossier/store';
import type { ReadLimits } from './storeReads.js';

/** A store that is served: requests enter and leave it, and once it is replaced the last to leave closes it. */
export class StoreHandle {
  readonly revision: string;
  readonly builtAt: Date;
  /** Which file it is, of those that stand at its place one after the other. */
  readonly fileKey: string;
  /** What a request carries, made anew for each. */
  readonly createContext: (limits?: ReadLimits) => object;
  readonly #store: Store;
  #requests = 0;
  #isRetired = false;
  #isClosed = false;

  constructor(store: Store, fileKey: string, createContext: (limits?: ReadLimits) => object) {
    this.revision = store.revision;
    this.builtAt = store.builtAt;
    this.fileKey = fileKey;
    this.createContext = createContext;
    this.#store = store;
  }

  /** Whether its contexts can be used no more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Does something with a context, an own one unless it is given one of this store; the store stays open until it is done. */
  async use<T>(work: (context: object) => T | Promise<T>, context: object = this.createContext()): Promise<T> {
    this.#requests++;
    try {
      return await work(context);
    } finally {
      this.#requests--;
      if (this.#isRetired) this.#closeIfIdle();
    }
  }

  /** Closes the store, as soon as nobody reads it. */
  retire(): void {
    this.#isRetired = true;
    this.#closeIfIdle();
  }

  #closeIfIdle(): void {
    if (this.#requests > 0 || this.#isClosed) return;
    this.#isClosed = true;
    this.#store.close();
  }
}
