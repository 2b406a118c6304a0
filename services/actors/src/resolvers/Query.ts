import { actorTypeOfId, typeOfId } from '@dossier/domain';
import type { PageArgs } from '@dossier/pagination';
import type { Context } from '../context.js';
import type { ActorFilter } from '../data/actors.js';
import type { EventFilter } from '../data/events.js';
import type { PlaceFilter } from '../data/places.js';

interface ById {
  id: string;
}
type Listed<Filter> = PageArgs & { filter?: Filter | null };

export const Query = {
  node: (_: unknown, { id }: ById, context: Context) => {
    if (actorTypeOfId(id)) return context.actors.byId(id);
    switch (typeOfId(id)) {
      case null:
        return null;
      case 'Place':
        return context.places.byId(id);
      case 'Event':
        return context.events.byId(id);
      case 'Office':
        return context.offices.byId(id);
      default:
        // Another subgraph's: the id names its type, and its owner tells whether it exists.
        return { id };
    }
  },
  actor: (_: unknown, { id }: ById, context: Context) => context.actors.byId(id),
  place: (_: unknown, { id }: ById, context: Context) => context.places.byId(id),
  places: (_: unknown, { filter, ...args }: Listed<PlaceFilter>, context: Context) =>
    context.places.page(filter, { coordinate: 'Query.places', parent: null, filter, args }),
  actorByIdentifier: (_: unknown, { scheme, value }: { scheme: string; value: string }, context: Context) =>
    context.actors.byIdentifier(scheme, value),
  actors: (_: unknown, { filter, ...args }: Listed<ActorFilter>, context: Context) =>
    context.actors.page(filter, { coordinate: 'Query.actors', parent: null, filter, args }),
  event: (_: unknown, { id }: ById, context: Context) => context.events.byId(id),
  events: (_: unknown, { filter, ...args }: Listed<EventFilter>, context: Context) =>
    context.events.page(filter, { coordinate: 'Query.events', parent: null, filter, args }),
};
