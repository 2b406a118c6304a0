import type { PageArgs } from '@dossier/pagination';
import { actorResolvers, type Identified } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { TradeFigureFilter } from '../data/figures.js';

interface FigureArgs extends PageArgs {
  counterpart?: string | null;
  filter?: TradeFigureFilter | null;
}

export const actorTypes = actorResolvers<Context>((id, context) => context.known.byId(id), {
  tradeFigures: ({ id }: Identified, { counterpart, filter, ...args }: FigureArgs, context: Context) =>
    context.figures.pageOfActor(counterpart, filter, {
      coordinate: 'Actor.tradeFigures',
      parent: id,
      filter: { ...filter, counterpart },
      args,
    }),
});
