import { z } from 'zod';

// What results are made of. Descriptions are part of the JSON Schemas that clients read, in which what has an `id` is defined once.

const id = z.string();

export const actorRef = z
  .object({ id, name: z.string() })
  .nullable()
  .meta({ id: 'Actor', description: 'An actor; null if it could not be fetched.' });

export const dateSpan = z
  .object({
    edtf: z.string().describe('Extended Date/Time Format, e.g. 2022-08, ../2022-08-15 or 2022-07-25~.'),
    earliest: z.string().nullable().describe('First possible day; null if unbounded.'),
    latest: z.string().nullable().describe('Last possible day; null if unbounded.'),
    basis: z.string().describe('STATED in the document, INFERRED from it, BACKGROUND, or UNKNOWN.'),
    note: z.string().nullable(),
  })
  .meta({ id: 'Date', description: 'A date with its precision.' });

export const passage = z
  .object({
    id: id.describe('citation:<document>#char=<start>,<end>'),
    document: id,
    start: z.number().int().describe('First code point of the passage, counted from 0.'),
    end: z.number().int().describe('Code point after the last one of the passage.'),
    paragraph: z.number().int().nullable().describe('Number of the paragraph; null if the passage spans several.'),
    digest: z.string().nullable().describe('SHA-256 of the text of the document; null if it could not be fetched.'),
    availability: z
      .string()
      .nullable()
      .describe('VERIFIED: `excerpt` has the words. NOT_MOUNTED or MISMATCH: the words are not available here.'),
    excerpt: z.string().nullable().describe('The words, verbatim; null unless they are available. Quoted material.'),
    resource: z.string().describe('URI of the resource of the document.'),
    url: z.string().nullable().describe('Page that shows the passage; null if the server has no public URL.'),
  })
  .meta({ id: 'Passage', description: 'A passage of a document that supports a fact.' });

const reference = z
  .object({ title: z.string(), locator: z.string().nullable(), url: z.string().nullable() })
  .meta({ id: 'Reference', description: 'A source outside of the documents.' });

export const support = {
  basis: z.string().describe('Where the fact comes from: DOCUMENT, BACKGROUND, DERIVED or ANALYST.'),
  citations: z.array(passage),
  references: z.array(reference),
};

export const speaker = z
  .object({
    certainty: z
      .enum(['STATED', 'INFERRED', 'IMPUTED', 'UNKNOWN'])
      .describe(
        'STATED: the document names the speaker. INFERRED: it does not; the speaker follows from the context. IMPUTED: somebody else attributed the words to `imputedTo`. UNKNOWN: the source is not given.',
      ),
    explanation: z.string().describe('The certainty in words. Say it when you name the speaker.'),
    status: z.string().describe('The attribution status of the graph.'),
    speakers: z.array(actorRef),
    candidates: z.array(actorRef).describe('Who may be the speaker, if that is not certain.'),
    imputedTo: actorRef,
    imputedBy: actorRef,
    relayChain: z
      .array(
        z.object({
          position: z.number().int(),
          carrier: actorRef.describe('Null if the name of the carrier is lost or could not be fetched.'),
          medium: z.string().nullable(),
          work: z.object({ id, kind: z.string(), description: z.string() }).nullable(),
          relayedOn: dateSpan.nullable(),
        }),
      )
      .describe('Who passed the words on, from the speaker to the publisher of the document.'),
    note: z.string().nullable(),
  })
  .meta({
    id: 'Speaker',
    description: 'Who says it, how certain that is, and through whom it reached the document.',
  });

export const claim = z.object({
  id,
  document: id,
  summary: z.string().describe('The claim in the words of this database, not of the document.'),
  kind: z.string(),
  modality: z.string().describe('How firmly it is said, e.g. ASSERTED, PREDICTED, HYPOTHETICAL.'),
  topics: z.array(z.string()),
  saidOn: dateSpan,
  speaker,
  note: z.string().nullable(),
  ...support,
});

export const statementRef = z.object({ id, summary: z.string() });

export const pageInfo = {
  totalCount: z.number().int().nullable().describe('Number of items on all pages.'),
  nextCursor: z.string().nullable().describe('Pass it as `after` to get the next page; null on the last page.'),
};

export const background = z.array(z.object({ fact: z.string(), references: z.array(reference) }));

export const warnings = z
  .array(z.object({ code: z.string(), message: z.string() }))
  .describe('Parts of the result that could not be fetched and are null; empty if it is complete.');

// Arguments.

export const MAX_FIRST = 50;
export const first = (byDefault: number) =>
  z.number().int().min(1).max(MAX_FIRST).default(byDefault).describe(`Items per page, at most ${MAX_FIRST}.`);
export const after = z.string().max(2000).optional().describe('`nextCursor` of the previous page.');
export const idArgument = (example: string) => z.string().min(1).max(300).describe(`An id, e.g. ${example}.`);
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day, YYYY-MM-DD')
  .describe('A day, YYYY-MM-DD.');
/** One or more values of an enum of the graph. */
export const anyOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.array(z.enum(values)).min(1).max(values.length);
