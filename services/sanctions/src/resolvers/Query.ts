import type { Context } from '../context.js';
import type { QueryResolvers } from '../generated/schema.js';

export const Query = {
  regime: (_, { id }, context) => context.regimes.byId(id),
  regimes: (_, args, context) => context.regimes.page({ coordinate: 'Query.regimes', parent: null, args }),
  instrument: (_, { id }, context) => context.instruments.byId(id),
  instruments: (_, { regime, ...args }, context) =>
    context.instruments.page(regime, { coordinate: 'Query.instruments', parent: null, filter: { regime }, args }),
  instrumentBySymbol: (_, { symbol }, context) => context.instruments.bySymbol(symbol),
  provision: (_, { id }, context) => context.provisions.byId(id),
  provisions: (_, { filter, ...args }, context) =>
    context.provisions.page(filter, { coordinate: 'Query.provisions', parent: null, filter, args }),
  provisionLinks: (_, { filter, ...args }, context) =>
    context.links.page(filter, { coordinate: 'Query.provisionLinks', parent: null, filter, args }),
  designations: (_, { filter, ...args }, context) =>
    context.designations.page(filter, { coordinate: 'Query.designations', parent: null, filter, args }),
} satisfies QueryResolvers<Context>;
