import { referenceResolver } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { StatementResolvers } from '../generated/schema.js';

export const Statement = {
  __resolveReference: referenceResolver((id, context: Context) => context.known.byId(id)),
  provisionLinks: ({ id }, { relation }, context) => context.links.ofStatement(id, relation),
} satisfies StatementResolvers<Context>;
