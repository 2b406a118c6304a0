import { mapMaybePromise, referenceResolver, stub, stubs } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { DocumentResolvers, ParagraphResolvers, QuotationVerificationResolvers } from '../generated/schema.js';

export const Document = {
  __resolveReference: referenceResolver((id, context: Context) => context.documents.byId(id)),
  publisher: ({ publisherId }) => stub(publisherId),
  availability: ({ id }, _, context) => context.documents.availability(id),
  verifyQuotation: ({ id }, { words }, context) => context.documents.verifyQuotation(id, words),
  reproduces: ({ reproducesId }, _, context) => (reproducesId === null ? null : context.readings.work(reproducesId)),
  paragraphs: ({ id }, _, context) => context.documents.paragraphsOf(id),
  works: ({ id }, _, context) => context.readings.worksOf(id),
  tensions: ({ id }, { kind }, context) => context.readings.tensionsOf(id, kind),
  cautions: ({ id }, { kind }, context) => context.readings.cautionsOf(id, kind),
  insertions: ({ insertions }) => stubs(insertions),
  numbers: ({ id }, _, context) => context.readings.numbersOf(id),
  quotations: ({ id }, { filter, ...args }, context) =>
    context.quotations.pageOfDocument(filter, { coordinate: 'Document.quotations', parent: id, filter, args }),
  statements: ({ id }, { filter, orderBy, ...args }, context) =>
    context.statements.pageOfDocument(filter, orderBy, { coordinate: 'Document.statements', parent: id, filter, args }),
} satisfies DocumentResolvers<Context>;

export const Paragraph = {
  __resolveReference: referenceResolver((id, context: Context) => context.documents.paragraph(id)),
  voice: ({ voiceId }) => stub(voiceId),
  citation: ({ citation }) => stub(citation),
  statements: ({ id }, _, context) =>
    mapMaybePromise(context.documents.statementIdsOfParagraph(id), context.statements.byIds),
  mentions: ({ id }, _, context) => context.mentions.ofParagraph(id),
} satisfies ParagraphResolvers<Context>;

export const QuotationVerification = {
  citations: ({ citations }) => stubs(citations),
  nearest: ({ nearest }) => stub(nearest),
} satisfies QuotationVerificationResolvers<Context>;
