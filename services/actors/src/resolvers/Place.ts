import { referenceResolver, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { PlaceResolvers } from '../generated/schema.js';

export const Place = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.places.byId(id)),
  within: ({ withinId }, _, context) => (withinId === null ? null : context.places.byId(withinId)),
  events: ({ id }, { filter, ...args }, context) =>
    context.events.pageOfPlace(filter, { coordinate: 'Place.events', parent: id, filter, args }),
} satisfies PlaceResolvers<Context>;
