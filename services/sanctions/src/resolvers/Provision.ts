import type { PageArgs } from '@dossier/pagination';
import { referenceResolver, sourcedResolvers } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { ProvisionLinkFilter } from '../data/links.js';
import type { provision } from '../tables.js';

type Row = typeof provision.$inferSelect;

export const Provision = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.provisions.byId(id)),
  instrument: ({ instrumentId }: Row, _: unknown, context: Context) => context.instruments.byId(instrumentId),
  replacedBy: ({ replacedById }: Row, _: unknown, context: Context) =>
    replacedById === null ? null : context.provisions.byId(replacedById),
  links: ({ id }: Row, { filter, ...args }: PageArgs & { filter?: ProvisionLinkFilter | null }, context: Context) =>
    context.links.pageOfProvision(filter, { coordinate: 'Provision.links', parent: id, filter, args }),
};
