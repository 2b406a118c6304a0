import { LRUCache } from 'lru-cache';

/** Of a character in memory, at most. */
const BYTES_EACH = 2;

export interface CacheOptions {
  /** Bytes of all answers kept; 0 keeps none. */
  bytes: number;
  /** How long an answer is good, where what it was made from may change unnoticed; null for ever. */
  milliseconds: number | null;
  /** What answers are made from, at this moment: an answer is only good for the same. */
  revision: () => string;
}

/** Whole answers, kept by operation, variables and revision. Answers with errors are not kept: the next may have none. */
export class ResponseCache {
  readonly #answers: LRUCache<string, string> | null;
  readonly #revision: () => string;
  /** For metrics. */
  hits = 0;
  misses = 0;

  constructor({ bytes, milliseconds, revision }: CacheOptions) {
    this.#revision = revision;
    this.#answers = bytes > 0 ? new LRUCache({ maxSize: bytes, sizeCalculation: (text, key) => (text.length + key.length) * BYTES_EACH, ...(milliseconds !== null && { ttl: milliseconds }) }) : null;
  }

  get bytes(): number {
    return this.#answers?.calculatedSize ?? 0;
  }

  keyOf(operation: number, variables: object): string {
    return `${this.#revision()}\n${operation}\n${JSON.stringify(variables)}`;
  }

  get(key: string): string | undefined {
    const text = this.#answers?.get(key);
    if (text === undefined) this.misses++;
    else this.hits++;
    return text;
  }

  set(key: string, text: string): void {
    // Made while what it is made from was replaced, it is of neither.
    if (!key.startsWith(`${this.#revision()}\n`)) return;
    this.#answers?.set(key, text);
  }
}
