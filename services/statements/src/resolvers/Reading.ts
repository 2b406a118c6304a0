import { type Identified, reference, sourcedResolvers, stub } from '@dossier/subgraph';
import type { Context } from '../context.js';
import type { work } from '../tables.js';

export const Tension = {
  ...sourcedResolvers,
  __resolveReference: reference<Context>((id, context) => context.readings.tension(id)),
  statements: async ({ id }: Identified, _: unknown, context: Context) => context.statements.byIds(await context.readings.statementIdsOfTension(id)),
};

export const Caution = {
  ...sourcedResolvers,
  __resolveReference: reference<Context>((id, context) => context.readings.caution(id)),
};

export const Work = {
  ...sourcedResolvers,
  __resolveReference: reference<Context>((id, context) => context.readings.work(id)),
  maker: ({ makerId }: typeof work.$inferSelect) => stub(makerId),
};
