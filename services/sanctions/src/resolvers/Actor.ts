import { actorResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { PersonResolvers } from '../generated/schema.js';

// The five types of actors have the same fields here.
const fields = {
  targetedBy: ({ id }, _, context) => context.regimes.targeting(id),
  designations: ({ id }, { asOf }, context) => context.designations.ofActor(id, asOf),
} satisfies PersonResolvers<Context>;

export const actorTypes = actorResolvers((id, context: Context) => context.known.byId(id), fields);
