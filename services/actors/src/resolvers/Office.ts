import { referenceResolver, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { kinship, office } from '../tables.js';

type Row = typeof office.$inferSelect;

export const Office = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.offices.byId(id)),
  holder: ({ holderId }: Row, _: unknown, context: Context) => context.actors.byId(holderId),
  organization: ({ organizationId }: Row, _: unknown, context: Context) =>
    organizationId === null ? null : context.actors.byId(organizationId),
  host: ({ hostId }: Row, _: unknown, context: Context) => (hostId === null ? null : context.actors.byId(hostId)),
};

export const Kinship = {
  ...sourcedResolvers,
  person: ({ personId }: typeof kinship.$inferSelect, _: unknown, context: Context) => context.actors.byId(personId),
};
