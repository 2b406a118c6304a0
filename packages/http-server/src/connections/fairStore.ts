import { LRUCache } from 'lru-cache';

interface Bounds {
  entries: number;
  characters: number;
}

/** Part of the room that one text may take. */
const PART = 8;

interface Share {
  texts: LRUCache<string, string>;
  characters: number;
}

/**
 * Texts by key, each owned by the client that set it. If there are too many, the client that takes the most room loses its
 * least recently used one, so that no client can crowd out the texts of others.
 */
export class FairStore {
  readonly #bounds: Bounds;
  readonly #shares = new Map<string, Share>();
  readonly #ownerOf = new Map<string, string>();
  #characters = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  get(key: string): string | undefined {
    const owner = this.#ownerOf.get(key);
    return owner === undefined ? undefined : this.#shares.get(owner)?.texts.get(key);
  }

  /** Sets a text, unless there is one under this key or it is too long. */
  set(key: string, text: string, owner: string): void {
    if (this.#ownerOf.has(key) || text.length > this.#bounds.characters / PART) return;
    const share = this.#shares.get(owner) ?? {
      texts: new LRUCache<string, string>({ max: this.#bounds.entries }),
      characters: 0,
    };
    this.#shares.set(owner, share);
    // Before one is added, since its own cache evicts silently.
    if (share.texts.size === this.#bounds.entries) this.#evictFrom(owner, share);
    share.texts.set(key, text);
    share.characters += text.length;
    this.#ownerOf.set(key, owner);
    this.#characters += text.length;
    while (this.#ownerOf.size > this.#bounds.entries) this.#evictBy(({ texts }) => texts.size);
    while (this.#characters > this.#bounds.characters) this.#evictBy(({ characters }) => characters);
  }

  #evictBy(room: (share: Share) => number): void {
    let largest: [owner: string, share: Share] | undefined;
    for (const entry of this.#shares) if (!largest || room(entry[1]) > room(largest[1])) largest = entry;
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
