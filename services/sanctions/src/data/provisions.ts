import { anyOf, equals, inner, type KeysetList } from '@dossier/connections';
import { rowsById, rowsOfParents, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph';
import { sql } from 'drizzle-orm';
import { provision } from '../tables.js';

export interface ProvisionFilter {
  regime?: string | null;
  instrument?: string | null;
  measure?: string[] | null;
  inForceOn?: string | null;
}

/** Provisions by id, in pages, and of an instrument in the order of its paragraphs. */
export function provisionsSource(db: StoreDb) {
  const readById = rowsById(db, provision, provision.id);
  const readOfInstrument = rowsOfParents(db, provision, provision.instrumentId, provision.position);
  return (loaders: Loaders) => ({
    byId: (id: string) => loaders('provision', readById).load(id),
    page: (filter: ProvisionFilter | null | undefined, request: ListRequest) => pageOf(db, loaders, provisionList(filter ?? {}), request),
    ofInstrument: (instrument: string) => loaders('provisionsOfInstrument', readOfInstrument).load(instrument),
  });
}

const provisionList = (filter: ProvisionFilter): KeysetList<typeof provision> => {
  const day = filter.inForceOn;
  const until = inner(provision.inForceUntil);
  const where = [
    equals(inner(provision.regimeId), filter.regime),
    equals(inner(provision.instrumentId), filter.instrument),
    anyOf('filter.measure', inner(provision.measure), filter.measure),
    // Both days are included.
    day ? sql`${inner(provision.inForceFrom)} <= ${day} and (${until} is null or ${until} >= ${day})` : undefined,
  ];
  return { table: provision, id: provision.id, key: provision.id, where: () => where };
};
