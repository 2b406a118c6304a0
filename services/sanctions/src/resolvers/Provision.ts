import { referenceResolver, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { ProvisionResolvers } from '../generated/schema.js';

export const Provision = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.provisions.byId(id)),
  instrument: ({ instrumentId }, _, context) => context.instruments.byId(instrumentId),
  replacedBy: ({ replacedById }, _, context) => (replacedById === null ? null : context.provisions.byId(replacedById)),
  links: ({ id }, { filter, ...args }, context) =>
    context.links.pageOfProvision(filter, { coordinate: 'Provision.links', parent: id, filter, args }),
} satisfies ProvisionResolvers<Context>;
