import { LRUCache } from 'lru-cache';

/** Maximum size of a character in memory, in bytes. */
const CHARACTER_BYTES = 2;
/** Approximate size of an entry without its text and key, in bytes. */
const ENTRY_BYTES = 200;

export interface CacheOptions {
  /** Maximum size of all responses in bytes; 0 to cache none. */
  maxBytes: number;
  /** Maximum age of a response in milliseconds, if its sources may change without notice; null if they do not. */
  maxAgeMs: number | null;
  /** Returns a function that reads the state of a source. The source has changed when the function returns another value. */
  stateOf: (source: string) => () => unknown;
}

/** What responses are computed from, e.g. the store of a service. */
export interface Source {
  readonly read: () => unknown;
  state: unknown;
  /** Clock of the cache at the last change. */
  changedAt: number;
  /** Keys of the responses from this source. */
  readonly keys: Set<string>;
}

/** A response as it is sent. */
export interface CachedResponse {
  text: string;
  /** Revisions of the stores that it was computed from, for the header; null if they are not known. */
  revisions: string | null;
}

interface Entry extends CachedResponse {
  sources: readonly Source[];
}

/** Caches responses by operation and variables. When a source changes, only the responses from this source are evicted. */
export class ResponseCache {
  readonly #responses: LRUCache<string, Entry> | null;
  readonly #maxAgeMs: number | null;
  readonly #stateOf: CacheOptions['stateOf'];
  #sourcesByName = new Map<string, Source>();
  /** Lists of sources by the array of their names, which is the same object for each execution of an operation. */
  #lists = new WeakMap<readonly string[], readonly Source[]>();
  #clock = 0;
  /** For metrics. */
  hits = 0;
  misses = 0;

  constructor({ maxBytes, maxAgeMs, stateOf }: CacheOptions) {
    this.#stateOf = stateOf;
    this.#maxAgeMs = maxAgeMs;
    this.#responses =
      maxBytes > 0
        ? new LRUCache({
            maxSize: maxBytes,
            sizeCalculation: ({ text }, key) => (text.length + key.length) * CHARACTER_BYTES + ENTRY_BYTES,
            dispose: ({ sources }, key) => {
              for (const { keys } of sources) keys.delete(key);
            },
          })
        : null;
  }

  /** Size of all responses in bytes. */
  get bytes(): number {
    this.#evictChanged();
    return this.#responses?.calculatedSize ?? 0;
  }

  /** A logical clock, which advances with each change of a source. */
  get clock(): number {
    return this.#clock;
  }

  /** The sources with these names; the same list for the same array. */
  sourcesOf(names: readonly string[]): readonly Source[] {
    const cached = this.#lists.get(names);
    if (cached) return cached;
    const list = names.map((name) => this.#sourceOf(name));
    this.#lists.set(names, list);
    return list;
  }

  #sourceOf(name: string): Source {
    const existing = this.#sourcesByName.get(name);
    if (existing) return existing;
    const read = this.#stateOf(name);
    const source: Source = { read, state: read(), changedAt: this.#clock, keys: new Set() };
    this.#sourcesByName.set(name, source);
    return source;
  }

  get(key: string): CachedResponse | undefined {
    this.#evictChanged();
    const response = this.#responses?.get(key);
    if (response === undefined) {
      this.misses++;
      return undefined;
    }
    this.hits++;
    return response;
  }

  /**
   * Caches a response unless a source has changed since `startClock`, when its execution started. `maxAge` is in seconds and
   * applies if sources may change without notice.
   */
  set(key: string, response: CachedResponse, sources: readonly Source[], startClock: number, maxAge: number): void {
    if (this.hasChanged(sources, startClock) || !this.#responses) return;
    this.#responses.set(
      key,
      { ...response, sources },
      this.#maxAgeMs === null ? {} : { ttl: Math.min(this.#maxAgeMs, maxAge * 1000) },
    );
    if (this.#responses.has(key)) for (const { keys } of sources) keys.add(key);
  }

  /** Whether one of the sources has changed since a time of the clock. */
  hasChanged(sources: readonly Source[], since: number): boolean {
    this.#evictChanged();
    return sources.some(({ changedAt }) => changedAt > since);
  }

  /** Evicts all responses. Executions that have started are not cached either. */
  clear(): void {
    this.#clock++;
    for (const source of this.#sourcesByName.values()) source.changedAt = this.#clock;
    this.#sourcesByName = new Map();
    this.#lists = new WeakMap();
    this.#responses?.clear();
  }

  /** Evicts the responses from sources that have changed. */
  #evictChanged(): void {
    for (const source of this.#sourcesByName.values()) {
      const state = source.read();
      if (state === source.state) continue;
      source.state = state;
      source.changedAt = ++this.#clock;
      for (const key of source.keys) this.#responses?.delete(key);
    }
  }
}
