import { referenceResolver, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { KinshipResolvers, OfficeResolvers } from '../generated/schema.js';

export const Office = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.offices.byId(id)),
  holder: ({ holderId }, _, context) => context.actors.byId(holderId),
  organization: ({ organizationId }, _, context) =>
    organizationId === null ? null : context.actors.byId(organizationId),
  host: ({ hostId }, _, context) => (hostId === null ? null : context.actors.byId(hostId)),
} satisfies OfficeResolvers<Context>;

export const Kinship = {
  ...sourcedResolvers,
  person: ({ personId }, _, context) => context.actors.byId(personId),
} satisfies KinshipResolvers<Context>;
