import type { PageArgs } from '@dossier/pagination';
import { referenceResolver, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { EventFilter } from '../data/events.js';
import type { place } from '../tables.js';

type Row = typeof place.$inferSelect;

export const Place = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.places.byId(id)),
  within: ({ withinId }: Row, _: unknown, context: Context) =>
    withinId === null ? null : context.places.byId(withinId),
  events: ({ id }: Row, { filter, ...args }: PageArgs & { filter?: EventFilter | null }, context: Context) =>
    context.events.pageOfPlace(filter, { coordinate: 'Place.events', parent: id, filter, args }),
};
