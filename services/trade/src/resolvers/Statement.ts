import { type Identified, referenceResolver } from '@dossier/subgraph-server';
import type { Context } from '../context.js';

export const Statement = {
  __resolveReference: referenceResolver<Context>((id, context) => context.known.byId(id)),
  tradeFigures: ({ id }: Identified, _: unknown, context: Context) => context.figures.ofStatement(id),
  commodities: ({ id }: Identified, _: unknown, context: Context) => context.commodities.ofStatement(id),
};
