import { referenceResolver, sourcedResolvers, stub } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { designation } from '../tables.js';

type Row = typeof designation.$inferSelect;

export const Designation = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.designations.byId(id)),
  actor: ({ actorId }: Row) => stub(actorId),
  regime: ({ regimeId }: Row, _: unknown, context: Context) => context.regimes.byId(regimeId),
  instrument: ({ instrumentId }: Row, _: unknown, context: Context) =>
    instrumentId === null ? null : context.instruments.byId(instrumentId),
};
