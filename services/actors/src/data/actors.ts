import { inList, joinedBy, type KeysetList, rowColumn, searchQuery } from '@dossier/pagination';
import { queryValues, rowsById, type Sql, type StoreDb, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection } from '@dossier/subgraph-server';
import type { ActorFilter } from '../generated/schema.js';
import { actor, actorAffiliation, actorIdentifier } from '../tables.js';

/** Actors: by id, by an identifier in another register, and in pages. */
export function actorsSource(db: StoreDb) {
  const readById = rowsById(db, actor, actor.id);
  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('actor', readById).load(id);
    return {
      byId,
      byIdentifier: (scheme: string, value: string) => {
        const [row] = queryValues(
          db,
          sql`select ${actorIdentifier.actorId} from ${actorIdentifier} where ${actorIdentifier.scheme} = ${scheme} and ${actorIdentifier.value} = ${value}`,
        );
        return row ? byId(row[0] as string) : null;
      },
      page: (filter: ActorFilter | null | undefined, request: ListRequest) =>
        loadConnection(db, loaders, actorList(filter ?? {}), request),
    };
  };
}

const affiliation = {
  table: actorAffiliation,
  id: actorAffiliation.actorId,
  key: actorAffiliation.actorId,
  column: actorAffiliation.toId,
};

const actorList = (filter: ActorFilter): KeysetList<typeof actor> => ({
  table: actor,
  id: actor.id,
  key: actor.id,
  by: [
    joinedBy(actor.id, affiliation, filter.affiliatedTo),
    inList('filter.kind', actor.kind, filter.kind),
    inList('filter.basis', actor.basis, filter.basis),
  ],
  where: [matchesSearch(filter.search)],
});

function matchesSearch(search: string | null | undefined): Sql | undefined {
  if (search === null || search === undefined) return undefined;
  const query = searchQuery(search);
  return query === null
    ? sql`0`
    : sql`${rowColumn(actor.id)} in (select actor_id from actor_search where actor_search match ${query})`;
}
