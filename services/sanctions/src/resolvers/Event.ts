import { referenceResolver } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { EventResolvers } from '../generated/schema.js';

export const Event = {
  __resolveReference: referenceResolver((id, context: Context) => context.known.byId(id)),
  instruments: ({ id }, _, context) => context.instruments.ofEvent(id),
} satisfies EventResolvers<Context>;
