import { LRUCache } from 'lru-cache';

interface Limits {
  entries: number;
  /** Total length of all texts. */
  characters: number;
}

/** Share of the total length that one text may have. */
const MAX_TEXT_SHARE = 1 / 8;

interface Share {
  texts: LRUCache<string, string>;
  characters: number;
}

/**
 * A cache of texts, each owned by the client that set it. Beyond a limit, the least recently used text of the client with the
 * largest share is evicted, so that no client can evict the texts of others.
 */
export class FairCache {
  readonly #limits: Limits;
  readonly #shares = new Map<string, Share>();
  readonly #ownerOf = new Map<string, string>();
  #characters = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get(key: string): string | undefined {
    const owner = this.#ownerOf.get(key);
    return owner === undefined ? undefined : this.#shares.get(owner)?.texts.get(key);
  }

  /** Sets a text, unless the key exists or the text is too long. */
  set(key: string, text: string, owner: string): void {
    if (this.#ownerOf.has(key) || text.length > this.#limits.characters * MAX_TEXT_SHARE) return;
    const share = this.#shares.get(owner) ?? {
      texts: new LRUCache<string, string>({ max: this.#limits.entries }),
      characters: 0,
    };
    this.#shares.set(owner, share);
    // The LRU cache of the share would evict without updating the totals.
    if (share.texts.size === this.#limits.entries) this.#evictFrom(owner, share);
    share.texts.set(key, text);
    share.characters += text.length;
    this.#ownerOf.set(key, owner);
    this.#characters += text.length;
    while (this.#ownerOf.size > this.#limits.entries) this.#evictLargest(({ texts }) => texts.size);
    while (this.#characters > this.#limits.characters) this.#evictLargest(({ characters }) => characters);
  }

  #evictLargest(sizeOf: (share: Share) => number): void {
    let largest: [owner: string, share: Share] | undefined;
    for (const entry of this.#shares) if (!largest || sizeOf(entry[1]) > sizeOf(largest[1])) largest = entry;
    if (largest) this.#evictFrom(...largest);
  }

  #evictFrom(owner: string, share: Share): void {
    const [key] = share.texts.rkeys();
    if (key === undefined) return;
    const text = share.texts.peek(key) ?? '';
    share.texts.delete(key);
    share.characters -= text.length;
    this.#ownerOf.delete(key);
    this.#characters -= text.length;
    if (share.texts.size === 0) this.#shares.delete(owner);
  }
}
