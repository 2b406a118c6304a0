import { LRUCache } from 'lru-cache';

/** Of a character in memory, at most. */
const BYTES_EACH = 2;

export interface CacheOptions {
  /** Bytes of all answers kept; 0 keeps none. */
  bytes: number;
  /** How long an answer is good, where what it was made from may change unnoticed; null for ever. */
  milliseconds: number | null;
  /** How it is told whether a source changed: what is read is another value from then on. */
  stateOf: (source: string) => () => unknown;
}

/** Something that answers are made from. */
export interface Source {
  readonly read: () => unknown;
  state: unknown;
  /** When it changed last, by the clock of the cache. */
  changedAt: number;
  /** Keys of the answers that were made from it. */
  readonly keys: Set<string>;
}

interface Answer {
  text: string;
  sources: readonly Source[];
}

/** What an answer takes beside its text and key, about. */
const ENTRY_BYTES = 200;

/**
 * Whole answers, by operation and variables. Those made from a source are dropped when it changes, and no others. Answers
 * with errors are not kept: the next may have none.
 */
export class ResponseCache {
  readonly #answers: LRUCache<string, Answer> | null;
  readonly #milliseconds: number | null;
  readonly #stateOf: CacheOptions['stateOf'];
  #sources = new Map<string, Source>();
  #lists = new WeakMap<readonly string[], readonly Source[]>();
  #watched: Source[] = [];
  #clock = 0;
  /** For metrics. */
  hits = 0;
  misses = 0;

  constructor({ bytes, milliseconds, stateOf }: CacheOptions) {
    this.#stateOf = stateOf;
    this.#milliseconds = milliseconds;
    this.#answers =
      bytes > 0
        ? new LRUCache({
            maxSize: bytes,
            sizeCalculation: ({ text }, key) => (text.length + key.length) * BYTES_EACH + ENTRY_BYTES,
            dispose: ({ sources }, key) => {
              for (const { keys } of sources) keys.delete(key);
            },
          })
        : null;
  }

  get bytes(): number {
    this.#look();
    return this.#answers?.calculatedSize ?? 0;
  }

  /** The time by which changes of sources are told. */
  get clock(): number {
    return this.#clock;
  }

  /** The sources of these names; the same list for the same array. */
  sourcesOf(names: readonly string[]): readonly Source[] {
    const known = this.#lists.get(names);
    if (known) return known;
    const list = this.#sourcesOf(names);
    this.#lists.set(names, list);
    return list;
  }

  #sourcesOf(names: readonly string[]): readonly Source[] {
    return names.map((name) => {
      const known = this.#sources.get(name);
      if (known) return known;
      const read = this.#stateOf(name);
      const source: Source = { read, state: read(), changedAt: this.#clock, keys: new Set() };
      this.#sources.set(name, source);
      this.#watched.push(source);
      return source;
    });
  }

  get(key: string): string | undefined {
    this.#look();
    const answer = this.#answers?.get(key);
    if (answer === undefined) {
      this.misses++;
      return undefined;
    }
    this.hits++;
    return answer.text;
  }

  /** Keeps an answer that was begun at a time, for `seconds` at most where it may change unnoticed. */
  set(key: string, text: string, sources: readonly Source[], begun: number, seconds: number): void {
    // Made while what it is made from was replaced, it is of neither.
    if (this.hasChanged(sources, begun) || !this.#answers) return;
    this.#answers.set(
      key,
      { text, sources },
      this.#milliseconds === null ? {} : { ttl: Math.min(this.#milliseconds, seconds * 1000) },
    );
    if (this.#answers.has(key)) for (const { keys } of sources) keys.add(key);
  }

  /** Whether one of the sources changed since a time. */
  hasChanged(sources: readonly Source[], since: number): boolean {
    this.#look();
    return sources.some(({ changedAt }) => changedAt > since);
  }

  /** Drops all answers, and forgets what they were made from. */
  clear(): void {
    this.#clock++;
    for (const source of this.#watched) source.changedAt = this.#clock;
    this.#sources = new Map();
    this.#lists = new WeakMap();
    this.#watched = [];
    this.#answers?.clear();
  }

  /** Drops what was made from a source that changed. */
  #look(): void {
    for (const source of this.#watched) {
      const state = source.read();
      if (state === source.state) continue;
      source.state = state;
      source.changedAt = ++this.#clock;
      for (const key of source.keys) this.#answers?.delete(key);
    }
  }
}
