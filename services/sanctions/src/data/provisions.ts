import { eq, inList, type KeysetList, rowColumn } from '@dossier/pagination';
import { type ReadDb, rowsById, rowsOfParents, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection } from '@dossier/subgraph-server';
import type { ProvisionFilter } from '../generated/schema.js';
import { provision } from '../tables.js';

/** Provisions: by id, in pages, and of an instrument in the order of its paragraphs. */
export function provisionsSource(db: ReadDb) {
  const readById = rowsById(db, provision, provision.id);
  const readOfInstrument = rowsOfParents(db, provision, provision.instrumentId, provision.position);
  return (loaders: Loaders) => ({
    byId: (id: string) => loaders('provision', readById).load(id),
    page: (filter: ProvisionFilter | null | undefined, request: ListRequest) =>
      loadConnection(db, loaders, provisionList(filter ?? {}), request),
    ofInstrument: (instrument: string) => loaders('provisionsOfInstrument', readOfInstrument).load(instrument),
  });
}

const provisionList = (filter: ProvisionFilter): KeysetList<typeof provision> => ({
  table: provision,
  id: provision.id,
  key: provision.id,
  by: [
    eq(provision.instrumentId, filter.instrument),
    eq(provision.regimeId, filter.regime),
    inList('filter.measure', provision.measure, filter.measure),
  ],
  where: [inForceOn(filter.inForceOn)],
});

/** In force on a day, the first and the last day included. No condition if `day` is null. */
function inForceOn(day: string | null | undefined) {
  const until = rowColumn(provision.inForceUntil);
  return day
    ? sql`${rowColumn(provision.inForceFrom)} <= ${day} and (${until} is null or ${until} >= ${day})`
    : undefined;
}
