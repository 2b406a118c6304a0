import { anyOf, inner, type KeysetList, searchQuery } from '@dossier/connections';
import { rowsById, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph';
import { type SQL, sql } from 'drizzle-orm';
import { actor, actorAffiliation, actorIdentifier } from '../tables.js';

export interface ActorFilter {
  kind?: string[] | null;
  search?: string | null;
  basis?: string[] | null;
  affiliatedTo?: string | null;
}

/** Actors by id, by the identifier of another register, and in pages. */
export function actorsSource(db: StoreDb) {
  const readById = rowsById(db, actor, actor.id);
  const readByIdentifier = db
    .select({ id: actorIdentifier.actorId })
    .from(actorIdentifier)
    .where(sql`${actorIdentifier.scheme} = ${sql.placeholder('scheme')} and ${actorIdentifier.value} = ${sql.placeholder('value')}`)
    .prepare();

  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('actor', readById).load(id);
    return {
      byId,
      byIdentifier: (scheme: string, value: string) => {
        const found = readByIdentifier.get({ scheme, value });
        return found ? byId(found.id) : null;
      },
      page: (filter: ActorFilter | null | undefined, request: ListRequest) => pageOf(db, loaders, actorList(filter ?? {}), request),
    };
  };
}

const actorList = (filter: ActorFilter): KeysetList<typeof actor> => {
  const where = [anyOf('filter.kind', inner(actor.kind), filter.kind), anyOf('filter.basis', inner(actor.basis), filter.basis), affiliated(filter.affiliatedTo), named(filter.search)];
  return { table: actor, id: actor.id, key: actor.id, where: () => where };
};

const affiliated = (to: string | null | undefined): SQL | undefined =>
  to ? sql`${inner(actor.id)} in (select ${actorAffiliation.actorId} from ${actorAffiliation} where ${actorAffiliation.toId} = ${to})` : undefined;

function named(search: string | null | undefined): SQL | undefined {
  if (search === null || search === undefined) return undefined;
  const query = searchQuery(search);
  return query === null ? sql`0` : sql`${inner(actor.id)} in (select actor_id from actor_search where actor_search match ${query})`;
}
