import { mapMaybePromise, referenceResolver, sourcedResolvers, stub, stubs } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { QuotationResolvers } from '../generated/schema.js';

export const Quotation = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver((id, context: Context) => context.quotations.byId(id)),
  speaker: ({ speakerId }) => stub(speakerId),
  statements: ({ id }, _, context) => mapMaybePromise(context.quotations.statementIdsOf(id), context.statements.byIds),
  insertions: ({ insertions }) => stubs(insertions),
  citation: ({ citation }) => stub(citation),
  markedCitation: ({ markedCitation }) => stub(markedCitation),
} satisfies QuotationResolvers<Context>;
