import { type Identified, mapMaybePromise, referenceResolver, sourcedResolvers, stub } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { work } from '../tables.js';

export const Tension = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.readings.tension(id)),
  statements: ({ id }: Identified, _: unknown, context: Context) =>
    mapMaybePromise(context.readings.statementIdsOfTension(id), context.statements.byIds),
};

export const Caution = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.readings.caution(id)),
};

export const Work = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.readings.work(id)),
  maker: ({ makerId }: typeof work.$inferSelect) => stub(makerId),
};
