import {
  AssistantDocumentDocument,
  AssistantQuotationsDocument,
  AssistantTensionsDocument,
  quotationKindValues,
  tensionKindValues,
} from '@dossier/client';
import { z } from 'zod';
import { NO_PAGE, pageOf } from '../present.js';
import {
  actorRef,
  after,
  anyOf,
  dateSpan,
  first,
  idArgument,
  pageInfo,
  passage,
  speaker,
  support,
} from '../schemas.js';
import { defineTool } from '../tool.js';

export const getDocument = defineTool({
  name: 'get_document',
  title: 'Get a document',
  description:
    'Returns what is known about a document: publisher, date, digest, whether its text is available, its topics, the works it draws on, and cautions: names and misprints that are easily misread.',
  input: z.strictObject({ id: idArgument('document:memri-sd-10149') }),
  output: z.object({
    document: z
      .object({
        id: z.string(),
        title: z.string(),
        publisher: actorRef,
        publishedOn: dateSpan,
        series: z.string().nullable(),
        number: z.string().nullable(),
        length: z.number().int().describe('In Unicode code points.'),
        sha256: z.string(),
        availability: z.string(),
        statementCount: z.number().int().nullable(),
        cautions: z.array(
          z.object({ id: z.string(), kind: z.string(), explanation: z.string(), citations: z.array(passage) }),
        ),
        works: z.array(
          z.object({ id: z.string(), kind: z.string(), description: z.string(), date: dateSpan.nullable() }),
        ),
        topics: z.array(z.object({ topic: z.string(), statementCount: z.number().int() })).nullable(),
      })
      .nullable()
      .describe('Null if no document has this id.'),
  }),
  example: { id: 'document:memri-sd-10149' },
  call: async ({ id }, { run, supported }) => {
    const { document, topics } = await run(AssistantDocumentDocument, { id });
    if (!document) return { document: null };
    const { statements, cautions, ...rest } = document;
    return {
      document: {
        ...rest,
        statementCount: statements.totalCount,
        cautions: cautions.map(supported),
        topics,
      },
    };
  },
});

export const listTensions = defineTool({
  name: 'list_tensions',
  title: 'List tensions in a document',
  description:
    'Lists where a document contradicts, rebuts, reverses or limits itself, or is at odds with other documents, with the statements on each side and who makes them.',
  input: z.strictObject({
    document: idArgument('document:memri-sd-10149'),
    kind: anyOf(tensionKindValues).optional(),
  }),
  output: z.object({
    tensions: z
      .array(
        z.object({
          id: z.string(),
          kind: z.string(),
          explanation: z.string(),
          statements: z.array(
            z.object({
              id: z.string(),
              document: z.string(),
              summary: z.string(),
              modality: z.string(),
              saidOn: dateSpan,
              speaker,
              ...support,
            }),
          ),
        }),
      )
      .nullable()
      .describe('Null if no document has this id.'),
  }),
  example: { document: 'document:memri-sd-10149', kind: ['REBUTTAL'] },
  call: async ({ document: id, kind = null }, { run, speaker, supported }) => {
    const { document } = await run(AssistantTensionsDocument, { document: id, kind });
    return {
      tensions:
        document?.tensions.map(({ statements, ...tension }) => ({
          ...tension,
          statements: statements.map(({ attribution, document: of, ...statement }) => ({
            ...supported(statement),
            document: of.id,
            speaker: speaker(attribution),
          })),
        })) ?? null,
    };
  },
});

export const listQuotations = defineTool({
  name: 'list_quotations',
  title: 'List quotations',
  description:
    'Lists quotations by speaker or document, in document order: whose words they are, how certain that is, and the statements that they belong to. Scare quotes and imputed words have no speaker; find them with `kind`.',
  input: z.strictObject({
    speaker: idArgument('person:kim-jong-un').optional(),
    document: idArgument('document:memri-sd-10149').optional(),
    kind: anyOf(quotationKindValues).optional(),
    first: first(10),
    after,
  }),
  output: z.object({
    quotations: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        speaker: actorRef.describe('Null if the words are nobody’s own.'),
        speakerIsCertain: z.boolean(),
        level: z.number().int().describe('1, or more for a quotation within a quotation.'),
        isTranslated: z.boolean(),
        note: z.string().nullable(),
        citation: passage,
        statements: z.array(z.object({ id: z.string(), summary: z.string(), speaker })),
      }),
    ),
    ...pageInfo,
  }),
  example: { speaker: 'person:kim-jong-un' },
  call: async (
    { speaker: of = null, document = null, kind = null, first, after = null },
    { run, passage, speaker },
  ) => {
    const { quotations } = await run(AssistantQuotationsDocument, { speaker: of, document, kind, first, after });
    return {
      quotations: (quotations?.nodes ?? []).map(({ citation, statements, ...quotation }) => ({
        ...quotation,
        citation: passage(citation),
        statements: statements.map(({ attribution, ...statement }) => ({
          ...statement,
          speaker: speaker(attribution),
        })),
      })),
      ...(quotations ? pageOf(quotations) : NO_PAGE),
    };
  },
});
