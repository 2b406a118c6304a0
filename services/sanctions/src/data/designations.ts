import { eq, type KeysetList, rowColumn } from '@dossier/pagination';
import { type ReadDb, rowsById, rowsOfParents, rowsOfParentsWhere, type Sql, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mergedIds } from '@dossier/subgraph-server';
import type { DesignationFilter } from '../generated/schema.js';
import { designation } from '../tables.js';

/** Designations: by id, in pages, and of an actor. */
export function designationsSource(db: ReadDb) {
  const readById = rowsById(db, designation, designation.id);
  const readOfActor = rowsOfParents(db, designation, designation.actorId, designation.listedOn, designation.id);
  const readOfActorOn = (day: string) =>
    rowsOfParentsWhere(
      db,
      designation,
      designation.actorId,
      listedOn(day, sql`${designation.listedOn}`, sql`${designation.delistedOn}`),
      designation.listedOn,
      designation.id,
    );
  const merged = mergedIds(db);
  return (loaders: Loaders) => ({
    byId: (id: string) => loaders('designation', readById).load(id),
    page: (filter: DesignationFilter | null | undefined, request: ListRequest) =>
      loadConnection(db, loaders, designationList(merged.inFilter(filter, 'actor')), request),
    ofActor: (actor: string, asOf: string | null | undefined) =>
      (asOf
        ? loaders(`designationsOfActor ${asOf}`, readOfActorOn(asOf))
        : loaders('designationsOfActor', readOfActor)
      ).load(actor),
  });
}

/** Listed on a day, and not yet delisted: on the day of its delisting, a party is no longer listed. No condition if `day` is null. */
const listedOn = (day: string | null | undefined, listed: Sql, delisted: Sql): Sql | undefined =>
  day ? sql`${listed} <= ${day} and (${delisted} is null or ${delisted} > ${day})` : undefined;

const designationList = (filter: DesignationFilter): KeysetList<typeof designation> => ({
  table: designation,
  id: designation.id,
  key: designation.id,
  by: [eq(designation.actorId, filter.actor), eq(designation.regimeId, filter.regime)],
  where: [listedOn(filter.asOf, rowColumn(designation.listedOn), rowColumn(designation.delistedOn))],
});
