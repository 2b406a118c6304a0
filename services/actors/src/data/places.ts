import { joinedBy, type KeysetList, type RowTest } from '@dossier/pagination';
import { type ReadDb, rowsById } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mapMaybePromise, mergedIds } from '@dossier/subgraph-server';
import type { PlaceFilter } from '../generated/schema.js';
import { place, placeWithin } from '../tables.js';
import { nameSearches, PLACES } from './nameSearch.js';

/** Places: by id and in pages. */
export function placesSource(db: ReadDb) {
  const readById = rowsById(db, place, place.id);
  const loadSearch = nameSearches(db, PLACES);
  const merged = mergedIds(db);
  return (loaders: Loaders) => ({
    byId: (id: string) => loaders('place', readById).load(merged.survivorOf(id)),
    page: (filter: PlaceFilter | null | undefined, request: ListRequest) =>
      mapMaybePromise(loadSearch(loaders, filter?.search), (search) =>
        loadConnection(db, loaders, placeList(merged.inFilter(filter, 'within'), search), request),
      ),
  });
}

const containment = {
  table: placeWithin,
  id: placeWithin.placeId,
  rowId: place.id,
  key: placeWithin.placeId,
  column: placeWithin.aroundId,
};

const placeList = (filter: PlaceFilter, search: RowTest | undefined): KeysetList<typeof place> => ({
  table: place,
  id: place.id,
  key: place.id,
  by: [joinedBy(place.id, containment, filter.within)],
  where: [search],
});
