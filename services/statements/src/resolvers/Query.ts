import type { Context } from '../context.js';
import type { QueryResolvers } from '../generated/schema.js';

export const Query = {
  document: (_, { id }, context) => context.documents.byId(id),
  documents: (_, args, context) => context.documents.page({ coordinate: 'Query.documents', parent: null, args }),
  statement: (_, { id }, context) => context.statements.byId(id),
  statements: (_, { filter, orderBy, ...args }, context) =>
    context.statements.page(filter, orderBy, { coordinate: 'Query.statements', parent: null, filter, args }),
  quotations: (_, { filter, ...args }, context) =>
    context.quotations.page(filter, { coordinate: 'Query.quotations', parent: null, filter, args }),
  citation: (_, { id }, context) => context.documents.citation(id),
  topics: (_, { document }, context) => context.statements.topics(document),
} satisfies QueryResolvers<Context>;
