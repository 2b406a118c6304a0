import { referenceResolver, sourcedResolvers, stub } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { ProvisionLinkResolvers } from '../generated/schema.js';

export const ProvisionLink = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.links.byId(id)),
  statement: ({ statementId }) => stub(statementId),
  regime: ({ regimeId }, _, context) => context.regimes.byId(regimeId),
  provision: ({ provisionId }, _, context) => (provisionId === null ? null : context.provisions.byId(provisionId)),
} satisfies ProvisionLinkResolvers<Context>;
