import type { PageArgs } from '@dossier/pagination';
import type { Context } from '../context.js';
import type { QuotationFilter } from '../data/quotations.js';
import type { StatementFilter, StatementOrder } from '../data/statements.js';

interface ById {
  id: string;
}

export interface StatementArgs extends PageArgs {
  filter?: StatementFilter | null;
  orderBy: StatementOrder;
}

export interface QuotationArgs extends PageArgs {
  filter?: QuotationFilter | null;
}

export const Query = {
  document: (_: unknown, { id }: ById, context: Context) => context.documents.byId(id),
  documents: (_: unknown, args: PageArgs, context: Context) =>
    context.documents.page({ coordinate: 'Query.documents', parent: null, args }),
  statement: (_: unknown, { id }: ById, context: Context) => context.statements.byId(id),
  statements: (_: unknown, { filter, orderBy, ...args }: StatementArgs, context: Context) =>
    context.statements.page(filter, orderBy, { coordinate: 'Query.statements', parent: null, filter, args }),
  quotations: (_: unknown, { filter, ...args }: QuotationArgs, context: Context) =>
    context.quotations.page(filter, { coordinate: 'Query.quotations', parent: null, filter, args }),
  citation: (_: unknown, { id }: ById, context: Context) => context.documents.citation(id),
  topics: (_: unknown, { document }: { document?: string | null }, context: Context) =>
    context.statements.topics(document),
};
