import { type Identified, referenceResolver } from '@dossier/subgraph-server';
import type { Context } from '../context.js';

export const Statement = {
  __resolveReference: referenceResolver<Context>((id, context) => context.known.byId(id)),
  provisionLinks: ({ id }: Identified, { relation }: { relation?: string[] | null }, context: Context) =>
    context.links.ofStatement(id, relation),
};
