import {
  AssistantStatementDocument,
  AssistantStatementsDocument,
  attributionStatusValues,
  modalityValues,
  provisionRelationValues,
} from '@dossier/client';
import { z } from 'zod';
import { NO_PAGE, pageOf } from '../present.js';
import { actorRef, after, anyOf, claim, day, first, idArgument, pageInfo, passage, statementRef } from '../schemas.js';
import { defineTool } from '../tool.js';

const actorArgument = (meaning: string) => idArgument('person:vladimir-putin').optional().describe(meaning);

export const listStatements = defineTool({
  name: 'list_statements',
  title: 'List statements',
  description:
    'Lists statements by who said them, on which topic, when, and how certain the speaker is. All conditions must be met. Statements that were only imputed to an actor are not listed under `speaker`; use `imputedTo`.',
  input: z.strictObject({
    document: idArgument('document:memri-sd-10149').optional(),
    speaker: actorArgument('Only statements of this actor.'),
    candidate: actorArgument('Only statements whose uncertain speaker may be this actor.'),
    imputedTo: actorArgument('Only statements that others imputed to this actor.'),
    carrier: actorArgument('Only statements that this actor passed on.'),
    addressee: actorArgument('Only statements addressed to this actor.'),
    subject: actorArgument('Only statements about this actor.'),
    attribution: anyOf(attributionStatusValues).optional(),
    modality: anyOf(modalityValues).optional(),
    topic: z.array(z.string().min(1).max(100)).min(1).max(20).optional().describe('Any of these, e.g. labour.'),
    provisionRelation: anyOf(provisionRelationValues)
      .optional()
      .describe('Only statements that stand in one of these relations to a provision of a sanctions regime.'),
    from: day.optional().describe('Only statements that may have been said on this day or later.'),
    until: day.optional().describe('Only statements that may have been said on this day or earlier.'),
    orderBy: z.enum(['SAID_ON', 'TEXT']).default('SAID_ON').describe('By date, or by position in the documents.'),
    first: first(10),
    after,
  }),
  output: z.object({ statements: z.array(claim), ...pageInfo }),
  example: { speaker: 'person:vladimir-putin', first: 4 },
  call: async (args, { run, claim }) => {
    const { statements } = await run(AssistantStatementsDocument, {
      orderBy: args.orderBy,
      first: args.first,
      after: args.after ?? null,
      document: args.document ?? null,
      speaker: args.speaker ?? null,
      candidate: args.candidate ?? null,
      imputedTo: args.imputedTo ?? null,
      carrier: args.carrier ?? null,
      addressee: args.addressee ?? null,
      subject: args.subject ?? null,
      attribution: args.attribution ?? null,
      modality: args.modality ?? null,
      topic: args.topic ?? null,
      provisionRelation: args.provisionRelation ?? null,
      from: args.from ?? null,
      until: args.until ?? null,
    });
    return { statements: (statements?.nodes ?? []).map(claim), ...(statements ? pageOf(statements) : NO_PAGE) };
  },
});

export const getStatement = defineTool({
  name: 'get_statement',
  title: 'Get a statement with its chain',
  description:
    'Returns one statement: its speaker and how certain that is, the relay chain through which it reached the document, its quotations and hedges, the statements and tensions that bear on it, and the provisions of sanctions that it touches.',
  input: z.strictObject({ id: idArgument('statement:memri-sd-10149/S06') }),
  output: z.object({
    statement: claim
      .extend({
        venue: z.string().nullable(),
        voice: actorRef.describe('Whose text it appears in.'),
        addressees: z.array(actorRef),
        quotations: z.array(
          z.object({
            id: z.string(),
            kind: z.string(),
            speaker: actorRef,
            speakerIsCertain: z.boolean(),
            isTranslated: z.boolean(),
            note: z.string().nullable(),
            citation: passage,
          }),
        ),
        hedges: z.array(z.object({ kind: z.string(), citation: passage })),
        relations: z.array(
          z.object({ type: z.string(), direction: z.string(), rationale: z.string().nullable(), other: statementRef }),
        ),
        tensions: z.array(z.object({ id: z.string(), kind: z.string(), explanation: z.string() })),
        provisionLinks: z
          .array(
            z.object({
              id: z.string(),
              relation: z.string(),
              confidence: z.string(),
              rationale: z.string(),
              basis: z.string(),
              regime: z.object({ id: z.string(), name: z.string() }),
              provision: z
                .object({
                  id: z.string(),
                  paragraph: z.string(),
                  summary: z.string(),
                  basis: z.string(),
                  instrument: z.object({ id: z.string(), symbol: z.string() }),
                })
                .nullable()
                .describe('Null if the statement touches the regime as a whole.'),
            }),
          )
          .nullable(),
        events: z.array(z.object({ id: z.string(), label: z.string() }).nullable()),
        tradeFigures: z.array(z.object({ id: z.string(), statedAs: z.string().nullable() })).nullable(),
      })
      .nullable()
      .describe('Null if no statement has this id.'),
  }),
  example: { id: 'statement:memri-sd-10149/S06' },
  call: async ({ id }, { run, claim, passage }) => {
    const { statement } = await run(AssistantStatementDocument, { id });
    if (!statement) return { statement: null };
    const { quotations, hedges } = statement;
    return {
      statement: {
        ...statement,
        ...claim(statement),
        quotations: quotations.map((quotation) => ({ ...quotation, citation: passage(quotation.citation) })),
        hedges: hedges.map(({ kind, citation }) => ({ kind, citation: passage(citation) })),
      },
    };
  },
});
