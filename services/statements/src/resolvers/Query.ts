import type { Context } from '../context.js';
import type { QueryResolvers } from '../generated/schema.js';

export const Query = {
  document: (_, { id }, context) => context.documents.byId(id),
  documents: (_, { filter, ...args }, context) =>
    context.documents.page(filter, { coordinate: 'Query.documents', parent: null, filter, args }),
  paragraphs: (_, { filter, ...args }, context) =>
    context.documents.paragraphPage(filter, { coordinate: 'Query.paragraphs', parent: null, filter, args }),
  statement: (_, { id }, context) => context.statements.byId(id),
  statements: (_, { filter, orderBy, ...args }, context) =>
    context.statements.page(filter, orderBy, { coordinate: 'Query.statements', parent: null, filter, args }),
  quotations: (_, { filter, ...args }, context) =>
    context.quotations.page(filter, { coordinate: 'Query.quotations', parent: null, filter, args }),
  citation: (_, { id }, context) => context.documents.citation(id),
  topics: (_, { document }, context) => context.statements.topics(document),
} satisfies QueryResolvers<Context>;
