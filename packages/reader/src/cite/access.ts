import type { Access } from '@dossier/client';
import { revisionOf } from '../graph/revision.js';

/** Today, as a calendar date. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** How a record of a service was read: now, from the store in use. `urlWith` returns its page with the parameters of a citation. */
export function accessNow(
  service: string,
  digest: string,
  urlWith: (params: { revision: string | null; digest: string }) => string,
): Access {
  const revision = revisionOf(service);
  return { url: urlWith({ revision, digest }), accessedOn: today(), revision, digest };
}
