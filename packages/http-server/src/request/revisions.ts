/** Header with the revision of the store behind a response; in a request to a service, the revision that it must read. */
export const REVISION_HEADER = 'x-dossier-revision';

/** The revisions of the stores that one response is computed from, by service: one of each, although replicas may differ. */
export class Revisions {
  readonly #byService = new Map<string, string>();
  /** Whether the whole request is to fail because a service answered with different revisions only. */
  isRefused = false;
  #own: string | null = null;

  /** Null before the first response of the service. */
  get(service: string): string | null {
    return this.#byService.get(service) ?? null;
  }

  /** Records the revision of a response; false if another response of the service had a different one. */
  pin(service: string, revision: string): boolean {
    const pinned = this.#byService.get(service);
    if (pinned === undefined) this.#byService.set(service, revision);
    return pinned === undefined || pinned === revision;
  }

  /** Records the revision that a service read itself: its store may have been replaced since the request arrived. */
  setOwn(revision: string): void {
    this.#own = revision;
  }

  /** The revision of a service, or the pairs `service=revision`, sorted and separated by commas; null if there are none. */
  toHeader(): string | null {
    if (this.#own !== null) return this.#own;
    if (this.#byService.size === 0) return null;
    return [...this.#byService]
      .map(([service, revision]) => `${service}=${revision}`)
      .sort()
      .join(', ');
  }
}
