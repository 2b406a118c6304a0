import { joinedBy, type KeysetList, rowColumn, searchQuery } from '@dossier/pagination';
import { rowsById, type Sql, type StoreDb, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection } from '@dossier/subgraph-server';
import type { PlaceFilter } from '../generated/schema.js';
import { place, placeWithin } from '../tables.js';

/** Places: by id and in pages. */
export function placesSource(db: StoreDb) {
  const readById = rowsById(db, place, place.id);
  return (loaders: Loaders) => ({
    byId: (id: string) => loaders('place', readById).load(id),
    page: (filter: PlaceFilter | null | undefined, request: ListRequest) =>
      loadConnection(db, loaders, placeList(filter ?? {}), request),
  });
}

const containment = {
  table: placeWithin,
  id: placeWithin.placeId,
  key: placeWithin.placeId,
  column: placeWithin.aroundId,
};

const placeList = (filter: PlaceFilter): KeysetList<typeof place> => ({
  table: place,
  id: place.id,
  key: place.id,
  by: [joinedBy(place.id, containment, filter.within)],
  where: [matchesSearch(filter.search)],
});

function matchesSearch(search: string | null | undefined): Sql | undefined {
  if (search === null || search === undefined) return undefined;
  const query = searchQuery(search);
  return query === null
    ? sql`0`
    : sql`${rowColumn(place.id)} in (select place_id from place_search where place_search match ${query})`;
}
