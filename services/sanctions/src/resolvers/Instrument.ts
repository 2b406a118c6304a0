import { referenceResolver, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { instrument } from '../tables.js';

type Row = typeof instrument.$inferSelect;

export const Instrument = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.instruments.byId(id)),
  regime: ({ regimeId }: Row, _: unknown, context: Context) => context.regimes.byId(regimeId),
  provisions: ({ id }: Row, _: unknown, context: Context) => context.provisions.ofInstrument(id),
};
