import { referenceResolver, sourcedResolvers, stub, stubs } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { RegimeResolvers } from '../generated/schema.js';

export const Regime = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.regimes.byId(id)),
  authority: ({ authorityId }) => stub(authorityId),
  targets: ({ targets }) => stubs(targets),
  instruments: ({ id }, _, context) => context.instruments.ofRegime(id),
  links: ({ id }, { filter, ...args }, context) =>
    context.links.pageOfRegime(filter, { coordinate: 'Regime.links', parent: id, filter, args }),
} satisfies RegimeResolvers<Context>;
