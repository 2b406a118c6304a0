import { actorResolvers, type Identified } from '@dossier/subgraph-server';
import type { Context } from '../context.js';

export const actorTypes = actorResolvers<Context>((id, context) => context.known.byId(id), {
  targetedBy: ({ id }: Identified, _: unknown, context: Context) => context.regimes.targeting(id),
  designations: ({ id }: Identified, { asOf }: { asOf?: string | null }, context: Context) =>
    context.designations.ofActor(id, asOf),
});
