import { mapMaybePromise, referenceResolver, stub, stubs } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { document, paragraph } from '../tables.js';
import type { QuotationArgs, StatementArgs } from './Query.js';

type Row = typeof document.$inferSelect;
type ParagraphRow = typeof paragraph.$inferSelect;

interface OfKinds {
  kind?: string[] | null;
}

export const Document = {
  __resolveReference: referenceResolver<Context>((id, context) => context.documents.byId(id)),
  publisher: ({ publisherId }: Row) => stub(publisherId),
  availability: ({ id }: Row, _: unknown, context: Context) => context.documents.availability(id),
  reproduces: ({ reproducesId }: Row, _: unknown, context: Context) =>
    reproducesId === null ? null : context.readings.work(reproducesId),
  paragraphs: ({ id }: Row, _: unknown, context: Context) => context.documents.paragraphsOf(id),
  works: ({ id }: Row, _: unknown, context: Context) => context.readings.worksOf(id),
  tensions: ({ id }: Row, { kind }: OfKinds, context: Context) => context.readings.tensionsOf(id, kind),
  cautions: ({ id }: Row, { kind }: OfKinds, context: Context) => context.readings.cautionsOf(id, kind),
  insertions: ({ insertions }: Row) => stubs(insertions),
  numbers: ({ id }: Row, _: unknown, context: Context) => context.readings.numbersOf(id),
  quotations: ({ id }: Row, { filter, ...args }: QuotationArgs, context: Context) =>
    context.quotations.pageOfDocument(filter, { coordinate: 'Document.quotations', parent: id, filter, args }),
  statements: ({ id }: Row, { filter, orderBy, ...args }: StatementArgs, context: Context) =>
    context.statements.pageOfDocument(filter, orderBy, { coordinate: 'Document.statements', parent: id, filter, args }),
};

export const Paragraph = {
  __resolveReference: referenceResolver<Context>((id, context) => context.documents.paragraph(id)),
  voice: ({ voiceId }: ParagraphRow) => stub(voiceId),
  citation: ({ citation }: ParagraphRow) => stub(citation),
  statements: ({ id }: ParagraphRow, _: unknown, context: Context) =>
    mapMaybePromise(context.documents.statementIdsOfParagraph(id), context.statements.byIds),
  mentions: ({ id }: ParagraphRow, _: unknown, context: Context) => context.mentions.ofParagraph(id),
};
