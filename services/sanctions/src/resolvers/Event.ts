import { type Identified, referenceResolver } from '@dossier/subgraph-server';
import type { Context } from '../context.js';

export const Event = {
  __resolveReference: referenceResolver<Context>((id, context) => context.known.byId(id)),
  instruments: ({ id }: Identified, _: unknown, context: Context) => context.instruments.ofEvent(id),
};
