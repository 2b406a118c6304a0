/** How long a revision counts as served after its last response, while others are received, in milliseconds. */
const LIVE_MS = 30_000;

/**
 * The revisions of a service's store that its replicas serve. While several replicas with different stores alternate, cached
 * responses of each remain correct; they are outdated once a new revision appears, and when an older one is no longer served.
 */
export class LiveRevisions {
  readonly #now: () => number;
  /** By revision: when it was last received, and whether that was after a newer revision had appeared. */
  readonly #live = new Map<string, { seenAt: number; alternates: boolean }>();
  #changes = 0;

  /** `now`: the time in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Increases whenever cached responses may be outdated. */
  get changes(): number {
    return this.#changes;
  }

  /** Records the revision of a response. */
  observe(revision: string): void {
    const now = this.#now();
    const known = this.#live.get(revision);
    if (known) {
      known.seenAt = now;
      known.alternates = this.#live.size > 1;
    } else {
      for (const other of this.#live.values()) other.alternates = false;
      this.#live.set(revision, { seenAt: now, alternates: false });
      this.#changes++;
    }
    for (const [other, { seenAt, alternates }] of this.#live) {
      if (now - seenAt <= LIVE_MS) continue;
      this.#live.delete(other);
      if (alternates) this.#changes++;
    }
  }
}
