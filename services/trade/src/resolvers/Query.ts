import type { Context } from '../context.js';
import type { QueryResolvers } from '../generated/schema.js';

export const Query = {
  tradeFigure: (_, { id }, context) => context.figures.byId(id),
  tradeFigures: (_, { filter, ...args }, context) =>
    context.figures.page(filter, { coordinate: 'Query.tradeFigures', parent: null, filter, args }),
  tradeSeries: async (_, key, context) => {
    const [reporter, partner] = await Promise.all([context.known.byId(key.reporter), context.known.byId(key.partner)]);
    return reporter && partner ? context.figures.series({ ...key, reporter: reporter.id, partner: partner.id }) : null;
  },
} satisfies QueryResolvers<Context>;
