import { referenceResolver, sourcedResolvers, stub, stubs } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { Derivation as DerivationRow, tradeFigure } from '../tables.js';

type Row = typeof tradeFigure.$inferSelect;

export const TradeFigure = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.figures.byId(id)),
  reporter: ({ reporterId }: Row) => stub(reporterId),
  partner: ({ partnerId }: Row) => stub(partnerId),
  commodities: ({ commodityIds }: Row, _: unknown, context: Context) =>
    commodityIds.map((id) => context.commodities.byId(id)),
  publishedBy: ({ publishedById }: Row) => stub(publishedById),
  publisherCandidates: ({ publisherCandidates }: Row) => stubs(publisherCandidates),
  statement: ({ statementId }: Row) => stub(statementId),
};

export const Derivation = {
  inputs: ({ inputs }: DerivationRow, _: unknown, context: Context) => inputs.map((id) => context.figures.byId(id)),
};

export const Commodity = { citations: sourcedResolvers.citations };
