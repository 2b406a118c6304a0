import { signal } from '@preact/signals';

/** Response header with the revisions of the stores: `actors=4d1c…, statements=81ae…`. */
const HEADER = 'x-dossier-revision';

/** The revisions of the stores that the page was loaded from, by service. */
const revisions = signal<Readonly<Record<string, string>>>({});

/** `fetch` that keeps the revisions of the response. */
export const fetchAndKeepRevision: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const pairs = (response.headers.get(HEADER) ?? '').split(',').map((pair) => pair.trim().split('='));
  const changed = pairs.filter(([service, revision]) => service && revision && revisions.peek()[service] !== revision);
  if (changed.length > 0) revisions.value = { ...revisions.peek(), ...Object.fromEntries(changed) };
  return response;
};

/** The revision of a service's store; null if nothing was loaded from it, or if it sends none. */
export const revisionOf = (service: string): string | null => revisions.value[service] ?? null;

/** All revisions as text, e.g. `actors 4d1c…, statements 81ae…`; null if none is known. */
export function revisionText(): string | null {
  const known = Object.entries(revisions.value).sort(([a], [b]) => (a < b ? -1 : 1));
  return known.length === 0 ? null : known.map(([service, revision]) => `${service} ${revision}`).join(', ');
}
