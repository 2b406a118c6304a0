import { actorResolvers, referenceResolver } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { EventResolvers, PersonResolvers, PlaceResolvers } from '../generated/schema.js';

// The five types of actors have the same fields here.
const fields = {
  mentions: ({ id }, { document = null, form = null, ...args }, context) =>
    context.mentions.pageOf(
      { document, form },
      { coordinate: 'Actor.mentions', parent: id, filter: { document, form }, args },
    ),
  statements: ({ id }, { role, filter, orderBy, ...args }, context) =>
    context.statements.pageOfActor(role, filter, orderBy, {
      coordinate: 'Actor.statements',
      parent: id,
      filter: { ...filter, role },
      args,
    }),
} satisfies PersonResolvers<Context>;

export const actorTypes = actorResolvers((id, context: Context) => context.known.byId(id), fields);

export const Place = {
  __resolveReference: referenceResolver((id, context: Context) => context.known.byId(id)),
  mentions: ({ id }, { document = null, form = null, ...args }, context) =>
    context.mentions.pageOf(
      { document, form },
      { coordinate: 'Place.mentions', parent: id, filter: { document, form }, args },
    ),
} satisfies PlaceResolvers<Context>;

export const Event = {
  __resolveReference: referenceResolver((id, context: Context) => context.known.byId(id)),
  statements: ({ id }, _, context) => context.statements.ofEvent(id),
} satisfies EventResolvers<Context>;
