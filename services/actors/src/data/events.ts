import { anyOf, type DayFilter, equals, inDays, inner, type KeysetList } from '@dossier/connections';
import { rowsById, rowsOfParents, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph';
import { type SQL, sql } from 'drizzle-orm';
import { event, eventParticipant, recognition } from '../tables.js';

export interface EventFilter extends DayFilter {
  kind?: string[] | null;
  status?: string[] | null;
  participant?: string | null;
  place?: string | null;
}

/** Events by id and in pages: all of them, an actor's or a place's; and who recognised a polity. */
export function eventsSource(db: StoreDb) {
  const readById = rowsById(db, event, event.id);
  const readRecognitions = rowsOfParents(db, recognition, recognition.polityId, recognition.position);
  return (loaders: Loaders) => {
    const page = (filter: EventFilter | null | undefined, request: ListRequest, of: (parent: SQL) => SQL | undefined = () => undefined) => pageOf(db, loaders, eventList(filter ?? {}, of), request);
    return {
      byId: (id: string) => loaders('event', readById).load(id),
      page,
      pageOfActor: (filter: EventFilter | null | undefined, request: ListRequest) => page(filter, request, takesPart),
      pageOfPlace: (filter: EventFilter | null | undefined, request: ListRequest) => page(filter, request, (place) => sql`${inner(event.placeId)} = ${place}`),
      recognitionsOf: (polity: string) => loaders('recognition', readRecognitions).load(polity),
    };
  };
}

const eventList = (filter: EventFilter, of: (parent: SQL) => SQL | undefined): KeysetList<typeof event> => {
  const where = [
    anyOf('filter.kind', inner(event.kind), filter.kind),
    anyOf('filter.status', inner(event.status), filter.status),
    equals(inner(event.placeId), filter.place),
    filter.participant ? takesPart(sql`${filter.participant}`) : undefined,
    ...inDays(filter, inner(event.earliest), inner(event.latest)),
  ];
  return { table: event, id: event.id, key: event.timeKey, where: (parent) => [of(parent), ...where] };
};

const takesPart = (actor: SQL): SQL => sql`${inner(event.id)} in (select ${eventParticipant.eventId} from ${eventParticipant} where ${eventParticipant.actorId} = ${actor})`;
