import { inner, type KeysetList, searchQuery } from '@dossier/connections';
import { rowsById, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph';
import { type SQL, sql } from 'drizzle-orm';
import { place, placeWithin } from '../tables.js';

export interface PlaceFilter {
  search?: string | null;
  within?: string | null;
}

/** Places by id and in pages. */
export function placesSource(db: StoreDb) {
  const readById = rowsById(db, place, place.id);
  return (loaders: Loaders) => ({
    byId: (id: string) => loaders('place', readById).load(id),
    page: (filter: PlaceFilter | null | undefined, request: ListRequest) => pageOf(db, loaders, placeList(filter ?? {}), request),
  });
}

const placeList = (filter: PlaceFilter): KeysetList<typeof place> => {
  const where = [inside(filter.within), named(filter.search)];
  return { table: place, id: place.id, key: place.id, where: () => where };
};

const inside = (around: string | null | undefined): SQL | undefined =>
  around ? sql`${inner(place.id)} in (select ${placeWithin.placeId} from ${placeWithin} where ${placeWithin.aroundId} = ${around})` : undefined;

function named(search: string | null | undefined): SQL | undefined {
  if (search === null || search === undefined) return undefined;
  const query = searchQuery(search);
  return query === null ? sql`0` : sql`${inner(place.id)} in (select place_id from place_search where place_search match ${query})`;
}
