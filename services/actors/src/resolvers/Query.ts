import { actorTypeOfId, badUserInput, typeOfId } from '@dossier/domain';
import type { Context } from '../context.js';
import type { QueryResolvers } from '../generated/schema.js';

/** Maximum number of ids in `nodes`; the `@listSize` of the field has the same number. */
const MAX_NODES = 100;

/** The object with an id; null if this service owns its type and it does not exist, or if the id names no type. */
function nodeById(id: string, context: Context) {
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
      // An entity of another subgraph: its id names its type, and its owner says whether it exists.
      return { id };
  }
}

export const Query = {
  node: (_, { id }, context) => nodeById(id, context),
  nodes: (_, { ids }, context) => {
    if (ids.length > MAX_NODES)
      throw badUserInput('ids', `Argument "ids" has ${ids.length} ids; expected at most ${MAX_NODES}.`);
    return ids.map((id) => nodeById(id, context));
  },
  actor: (_, { id }, context) => context.actors.byId(id),
  place: (_, { id }, context) => context.places.byId(id),
  places: (_, { filter, ...args }, context) =>
    context.places.page(filter, { coordinate: 'Query.places', parent: null, filter, args }),
  actorByIdentifier: (_, { scheme, value }, context) => context.actors.byIdentifier(scheme, value),
  actors: (_, { filter, ...args }, context) =>
    context.actors.page(filter, { coordinate: 'Query.actors', parent: null, filter, args }),
  event: (_, { id }, context) => context.events.byId(id),
  events: (_, { filter, ...args }, context) =>
    context.events.page(filter, { coordinate: 'Query.events', parent: null, filter, args }),
} satisfies QueryResolvers<Context>;
