import { mapMaybePromise, referenceResolver, sourcedResolvers, stub, stubs } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { quotation } from '../tables.js';

type Row = typeof quotation.$inferSelect;

export const Quotation = {
  ...sourcedResolvers,
  __resolveReference: referenceResolver<Context>((id, context) => context.quotations.byId(id)),
  speaker: ({ speakerId }: Row) => stub(speakerId),
  statements: ({ id }: Row, _: unknown, context: Context) =>
    mapMaybePromise(context.quotations.statementIdsOf(id), context.statements.byIds),
  insertions: ({ insertions }: Row) => stubs(insertions),
  citation: ({ citation }: Row) => stub(citation),
  markedCitation: ({ markedCitation }: Row) => stub(markedCitation),
};
