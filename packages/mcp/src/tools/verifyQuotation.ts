import { AssistantVerifyQuotationDocument, quotationMatchValues } from '@dossier/client';
import { z } from 'zod';
import { idArgument, passage } from '../schemas.js';
import { defineTool } from '../tool.js';

export const verifyQuotation = defineTool({
  name: 'verify_quotation',
  title: 'Verify a quotation',
  description:
    'Checks whether words occur in the text of a document, and where. VERBATIM: character by character. NORMALIZED: with other white space, quotation marks, hyphens or encodings of characters. NOT_FOUND: they do not occur; `nearest` is the most similar passage, not a match. UNAVAILABLE: the operator has not made the text available, so it cannot be checked.',
  input: z.strictObject({
    document: idArgument('document:memri-sd-10149'),
    words: z.string().min(1).max(2000).describe('The words as you want to quote them, without quotation marks around.'),
  }),
  output: z.object({
    match: z.enum(quotationMatchValues).nullable().describe('Null if no document has this id.'),
    occurrenceCount: z.number().int().nullable(),
    citations: z.array(passage).describe('Where the words occur: at most the first 20 passages.'),
    nearest: passage
      .nullable()
      .describe('The most similar passage if the words do not occur. Do not quote it as theirs.'),
    nearestDiffersIn: z.array(z.string()).describe('In what `nearest` differs, if in nothing else, e.g. CASE.'),
  }),
  example: { document: 'document:memri-sd-10149', words: 'North Korea' },
  call: async ({ document: id, words }, { run, passage }) => {
    const { document } = await run(AssistantVerifyQuotationDocument, { document: id, words });
    if (!document) return { match: null, occurrenceCount: null, citations: [], nearest: null, nearestDiffersIn: [] };
    const { citations, nearest, ...rest } = document.verifyQuotation;
    return { ...rest, citations: citations.map(passage), nearest: nearest && passage(nearest) };
  },
});
