import type { PageArgs } from '@dossier/pagination';
import type { Context } from '../context.js';
import type { DesignationFilter } from '../data/designations.js';
import type { ProvisionLinkFilter } from '../data/links.js';
import type { ProvisionFilter } from '../data/provisions.js';

interface ById {
  id: string;
}
type Listed<Filter> = PageArgs & { filter?: Filter | null };

export const Query = {
  regime: (_: unknown, { id }: ById, context: Context) => context.regimes.byId(id),
  regimes: (_: unknown, args: PageArgs, context: Context) =>
    context.regimes.page({ coordinate: 'Query.regimes', parent: null, args }),
  instrument: (_: unknown, { id }: ById, context: Context) => context.instruments.byId(id),
  instruments: (_: unknown, { regime, ...args }: PageArgs & { regime?: string | null }, context: Context) =>
    context.instruments.page(regime, { coordinate: 'Query.instruments', parent: null, filter: { regime }, args }),
  instrumentBySymbol: (_: unknown, { symbol }: { symbol: string }, context: Context) =>
    context.instruments.bySymbol(symbol),
  provision: (_: unknown, { id }: ById, context: Context) => context.provisions.byId(id),
  provisions: (_: unknown, { filter, ...args }: Listed<ProvisionFilter>, context: Context) =>
    context.provisions.page(filter, { coordinate: 'Query.provisions', parent: null, filter, args }),
  provisionLinks: (_: unknown, { filter, ...args }: Listed<ProvisionLinkFilter>, context: Context) =>
    context.links.page(filter, { coordinate: 'Query.provisionLinks', parent: null, filter, args }),
  designations: (_: unknown, { filter, ...args }: Listed<DesignationFilter>, context: Context) =>
    context.designations.page(filter, { coordinate: 'Query.designations', parent: null, filter, args }),
};
