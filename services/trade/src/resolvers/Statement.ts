import { referenceResolver } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { StatementResolvers } from '../generated/schema.js';

export const Statement = {
  __resolveReference: referenceResolver((id, context: Context) => context.known.byId(id)),
  tradeFigures: ({ id }, _, context) => context.figures.ofStatement(id),
  commodities: ({ id }, _, context) => context.commodities.ofStatement(id),
} satisfies StatementResolvers<Context>;
