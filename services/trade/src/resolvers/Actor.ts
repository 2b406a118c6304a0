import { actorResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { PersonResolvers } from '../generated/schema.js';

// The five types of actors have the same fields here.
const fields = {
  tradeFigures: ({ id }, { counterpart, filter, ...args }, context) =>
    context.figures.pageOfActor(counterpart, filter, {
      coordinate: 'Actor.tradeFigures',
      parent: id,
      filter: { ...filter, counterpart },
      args,
    }),
} satisfies PersonResolvers<Context>;

export const actorTypes = actorResolvers((id, context: Context) => context.known.byId(id), fields);
