import { referenceResolver, sourcedResolvers, stub } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { DesignationResolvers } from '../generated/schema.js';

export const Designation = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.designations.byId(id)),
  actor: ({ actorId }) => stub(actorId),
  regime: ({ regimeId }, _, context) => context.regimes.byId(regimeId),
  instrument: ({ instrumentId }, _, context) => (instrumentId === null ? null : context.instruments.byId(instrumentId)),
} satisfies DesignationResolvers<Context>;
