import { referenceResolver, sourcedResolvers, stub, stubs } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type {
  CommodityResolvers,
  DerivationResolvers,
  TradeEndpointResolvers,
  TradeFigureResolvers,
} from '../generated/schema.js';

export const TradeFigure = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.figures.byId(id)),
  reporter: ({ reporterId }) => stub(reporterId),
  partner: ({ partnerId }) => stub(partnerId),
  commodities: ({ commodityIds }, _, context) => commodityIds.map((id) => context.commodities.byId(id)),
  publishedBy: ({ publishedById }) => stub(publishedById),
  publisherCandidates: ({ publisherCandidates }) => stubs(publisherCandidates),
  statement: ({ statementId }) => stub(statementId),
} satisfies TradeFigureResolvers<Context>;

export const Derivation = {
  inputs: ({ inputs }, _, context) => inputs.map((id) => context.figures.byId(id)),
} satisfies DerivationResolvers<Context>;

const isPlace = (id: string): boolean => id.startsWith('place:');

export const TradeEndpoint = {
  actor: (id) => (isPlace(id) ? null : stub(id)),
  place: (id) => (isPlace(id) ? stub(id) : null),
} satisfies TradeEndpointResolvers<Context>;

export const Commodity = { citations: sourcedResolvers.citations } satisfies CommodityResolvers<Context>;
