import { equals, inner, type KeysetList } from '@dossier/connections';
import { rowsById, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph';
import { type SQL, sql } from 'drizzle-orm';
import { designation } from '../tables.js';

export interface DesignationFilter {
  actor?: string | null;
  regime?: string | null;
  asOf?: string | null;
}

/** Designations by id, in pages, and of an actor. */
export function designationsSource(db: StoreDb) {
  const readById = rowsById(db, designation, designation.id);
  const readOfActor = (asOf: string | null | undefined) => (actors: readonly string[]) => {
    const listed = listedOn(asOf, sql`${designation.listedOn}`, sql`${designation.delistedOn}`);
    const rows = db
      .select()
      .from(designation)
      .where(sql`${designation.actorId} in (select value from json_each(${JSON.stringify(actors)}))${listed ? sql` and ${listed}` : sql``}`)
      .orderBy(designation.listedOn, designation.id)
      .all();
    return actors.map((actor) => rows.filter(({ actorId }) => actorId === actor));
  };
  return (loaders: Loaders) => ({
    byId: (id: string) => loaders('designation', readById).load(id),
    page: (filter: DesignationFilter | null | undefined, request: ListRequest) => pageOf(db, loaders, designationList(filter ?? {}), request),
    ofActor: (actor: string, asOf: string | null | undefined) => loaders(`designationsOfActor ${asOf ?? ''}`, readOfActor(asOf)).load(actor),
  });
}

/** Listed, and not yet delisted, on a day: the day of a delisting is no longer one. */
const listedOn = (day: string | null | undefined, listed: SQL, delisted: SQL): SQL | undefined => (day ? sql`${listed} <= ${day} and (${delisted} is null or ${delisted} > ${day})` : undefined);

const designationList = (filter: DesignationFilter): KeysetList<typeof designation> => {
  const where = [
    equals(inner(designation.actorId), filter.actor),
    equals(inner(designation.regimeId), filter.regime),
    listedOn(filter.asOf, inner(designation.listedOn), inner(designation.delistedOn)),
  ];
  return { table: designation, id: designation.id, key: designation.id, where: () => where };
};
