import { inList, joinedBy, type KeysetList, type RowTest } from '@dossier/pagination';
import { queryValues, type ReadDb, rowsById, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mapMaybePromise, mergedIds } from '@dossier/subgraph-server';
import type { ActorFilter } from '../generated/schema.js';
import { actor, actorAffiliation, actorIdentifier } from '../tables.js';
import { ACTORS, nameSearches } from './nameSearch.js';

/** Actors: by id (also by one that was merged into another), by an identifier in another register, and in pages. */
export function actorsSource(db: ReadDb) {
  const readById = rowsById(db, actor, actor.id);
  const loadSearch = nameSearches(db, ACTORS);
  const merged = mergedIds(db);
  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('actor', readById).load(merged.survivorOf(id));
    return {
      byId,
      /** The first by id, if several share the identifier. */
      byIdentifier: (scheme: string, value: string) =>
        mapMaybePromise(
          queryValues(
            db,
            sql`select ${actorIdentifier.actorId} from ${actorIdentifier} where ${actorIdentifier.scheme} = ${scheme} and ${actorIdentifier.value} = ${value} order by ${actorIdentifier.actorId} limit 1`,
          ),
          ([row]) => (row ? byId(row[0] as string) : null),
        ),
      page: (filter: ActorFilter | null | undefined, request: ListRequest) =>
        mapMaybePromise(loadSearch(loaders, filter?.search), (search) =>
          loadConnection(db, loaders, actorList(merged.inFilter(filter, 'affiliatedTo'), search), request),
        ),
    };
  };
}

const affiliation = {
  table: actorAffiliation,
  id: actorAffiliation.actorId,
  rowId: actor.id,
  key: actorAffiliation.actorId,
  column: actorAffiliation.toId,
};

const identification = {
  table: actorIdentifier,
  id: actorIdentifier.actorId,
  rowId: actor.id,
  key: actorIdentifier.actorId,
  column: actorIdentifier.value,
};

const actorList = (filter: ActorFilter, search: RowTest | undefined): KeysetList<typeof actor> => ({
  table: actor,
  id: actor.id,
  key: actor.id,
  by: [
    joinedBy(actor.id, affiliation, filter.affiliatedTo),
    joinedBy(
      actor.id,
      identification,
      filter.identifier?.value,
      filter.identifier
        ? { argument: 'filter.identifier', column: actorIdentifier.scheme, values: [filter.identifier.scheme] }
        : undefined,
    ),
    inList('filter.kind', actor.kind, filter.kind),
    inList('filter.basis', actor.basis, filter.basis),
  ],
  where: [search],
});
