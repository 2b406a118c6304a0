import { referenceResolver, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { event, recognition } from '../tables.js';

type Row = typeof event.$inferSelect;
type RecognitionRow = typeof recognition.$inferSelect;

export const Event = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.events.byId(id)),
  place: ({ placeId }: Row, _: unknown, context: Context) => (placeId === null ? null : context.places.byId(placeId)),
};

export const Participation = {
  actor: ({ actor }: Row['participants'][number], _: unknown, context: Context) => context.actors.byId(actor),
};

export const Recognition = {
  by: ({ byId }: RecognitionRow, _: unknown, context: Context) => context.actors.byId(byId),
  event: ({ eventId }: RecognitionRow, _: unknown, context: Context) => context.events.byId(eventId),
};
