import {
  type Condition,
  inDays,
  inner,
  type KeysetList,
  linked,
  linkedParent,
  own,
  ownAnyOf,
  ownParent,
} from '@dossier/pagination';
import { rowsById, rowsOfParents, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph-server';
import type { EventFilter } from '../generated/schema.js';
import { event, eventParticipant, recognition } from '../tables.js';

/** Events: by id, and in pages (all, those of an actor or of a place); and the recognitions of a polity. */
export function eventsSource(db: StoreDb) {
  const readById = rowsById(db, event, event.id);
  const readRecognitions = rowsOfParents(db, recognition, recognition.polityId, recognition.position);
  return (loaders: Loaders) => {
    const page = (filter: EventFilter | null | undefined, request: ListRequest, of?: Condition) =>
      pageOf(db, loaders, eventList(filter ?? {}, of), request);
    return {
      byId: (id: string) => loaders('event', readById).load(id),
      page,
      pageOfActor: (filter: EventFilter | null | undefined, request: ListRequest) =>
        page(filter, request, linkedParent(event.timeKey, participation)),
      pageOfPlace: (filter: EventFilter | null | undefined, request: ListRequest) =>
        page(filter, request, ownParent(event.placeId)),
      recognitionsOf: (polity: string) => loaders('recognition', readRecognitions).load(polity),
    };
  };
}

const participation = {
  table: eventParticipant,
  id: eventParticipant.eventId,
  key: eventParticipant.timeKey,
  column: eventParticipant.actorId,
};

const eventList = (filter: EventFilter, of: Condition | undefined): KeysetList<typeof event> => ({
  table: event,
  id: event.id,
  key: event.timeKey,
  by: [
    of,
    linked(event.timeKey, participation, filter.participant),
    own(event.placeId, filter.place),
    ownAnyOf('filter.kind', event.kind, filter.kind),
    ownAnyOf('filter.status', event.status, filter.status),
  ],
  where: inDays(filter, inner(event.earliest), inner(event.latest)),
});
