import { referenceResolver, sourcedResolvers, stub } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { provisionLink } from '../tables.js';

type Row = typeof provisionLink.$inferSelect;

export const ProvisionLink = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.links.byId(id)),
  statement: ({ statementId }: Row) => stub(statementId),
  regime: ({ regimeId }: Row, _: unknown, context: Context) => context.regimes.byId(regimeId),
  provision: ({ provisionId }: Row, _: unknown, context: Context) =>
    provisionId === null ? null : context.provisions.byId(provisionId),
};
