import { referenceResolver, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { InstrumentResolvers } from '../generated/schema.js';

export const Instrument = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.instruments.byId(id)),
  regime: ({ regimeId }, _, context) => context.regimes.byId(regimeId),
  provisions: ({ id }, _, context) => context.provisions.ofInstrument(id),
} satisfies InstrumentResolvers<Context>;
