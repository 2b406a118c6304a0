import { referenceResolver, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { EventResolvers, ParticipationResolvers, RecognitionResolvers } from '../generated/schema.js';

export const Event = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.events.byId(id)),
  place: ({ placeId }, _, context) => (placeId === null ? null : context.places.byId(placeId)),
} satisfies EventResolvers<Context>;

export const Participation = {
  actor: ({ actor }, _, context) => context.actors.byId(actor),
} satisfies ParticipationResolvers<Context>;

export const Recognition = {
  by: ({ byId }, _, context) => context.actors.byId(byId),
  event: ({ eventId }, _, context) => context.events.byId(eventId),
} satisfies RecognitionResolvers<Context>;
