import type { PageArgs } from '@dossier/pagination';
import type { Context } from '../context.js';
import type { SeriesKey, TradeFigureFilter } from '../data/figures.js';

export const Query = {
  tradeFigure: (_: unknown, { id }: { id: string }, context: Context) => context.figures.byId(id),
  tradeFigures: (_: unknown, { filter, ...args }: PageArgs & { filter?: TradeFigureFilter | null }, context: Context) =>
    context.figures.page(filter, { coordinate: 'Query.tradeFigures', parent: null, filter, args }),
  tradeSeries: async (_: unknown, key: SeriesKey, context: Context) => {
    const sides = await Promise.all([context.known.byId(key.reporter), context.known.byId(key.partner)]);
    return sides.includes(null) ? null : key;
  },
};
