import {
  type Condition,
  type DateColumns,
  eq,
  eqParent,
  inList,
  inPeriod,
  joinedBy,
  joinedToParent,
  type KeysetList,
} from '@dossier/pagination';
import { type ReadDb, rowsById, rowsOfParents } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mergedIds } from '@dossier/subgraph-server';
import type { EventFilter } from '../generated/schema.js';
import { event, eventParticipant, recognition } from '../tables.js';

/** Events: by id, and in pages (all, those of an actor or of a place); and the recognitions of a polity. */
export function eventsSource(db: ReadDb) {
  const readById = rowsById(db, event, event.id);
  const readRecognitions = rowsOfParents(db, recognition, recognition.polityId, recognition.position);
  const merged = mergedIds(db);
  return (loaders: Loaders) => {
    const page = (filter: EventFilter | null | undefined, request: ListRequest, of?: Condition) =>
      loadConnection(db, loaders, eventList(merged.inFilter(filter, 'participant', 'place'), of), request);
    return {
      byId: (id: string) => loaders('event', readById).load(id),
      page,
      pageOfActor: (filter: EventFilter | null | undefined, request: ListRequest) =>
        page(filter, request, joinedToParent(event.timeKey, participation)),
      pageOfPlace: (filter: EventFilter | null | undefined, request: ListRequest) =>
        page(filter, request, eqParent(event.placeId)),
      recognitionsOf: (polity: string) => loaders('recognition', readRecognitions).load(polity),
    };
  };
}

const participation = {
  table: eventParticipant,
  id: eventParticipant.eventId,
  rowId: event.id,
  key: eventParticipant.timeKey,
  column: eventParticipant.actorId,
};

const DATED: DateColumns = {
  id: event.id,
  key: event.timeKey,
  length: event.spanLength,
  earliest: event.earliest,
  latest: event.latest,
};

const eventList = (filter: EventFilter, of: Condition | undefined): KeysetList<typeof event> => ({
  table: event,
  id: event.id,
  key: event.timeKey,
  by: [
    of,
    joinedBy(event.timeKey, participation, filter.participant),
    eq(event.placeId, filter.place),
    inPeriod(DATED, filter, true),
    inList('filter.kind', event.kind, filter.kind),
    inList('filter.status', event.status, filter.status),
  ],
});
