import type { PageArgs } from '@dossier/pagination';
import { referenceResolver, sourcedResolvers, stub, stubs } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { ProvisionLinkFilter } from '../data/links.js';
import type { regime } from '../tables.js';

type Row = typeof regime.$inferSelect;

export const Regime = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.regimes.byId(id)),
  authority: ({ authorityId }: Row) => stub(authorityId),
  targets: ({ targets }: Row) => stubs(targets),
  instruments: ({ id }: Row, _: unknown, context: Context) => context.instruments.ofRegime(id),
  links: ({ id }: Row, { filter, ...args }: PageArgs & { filter?: ProvisionLinkFilter | null }, context: Context) =>
    context.links.pageOfRegime(filter, { coordinate: 'Regime.links', parent: id, filter, args }),
};
