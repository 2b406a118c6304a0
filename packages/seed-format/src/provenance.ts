import { z } from 'zod';

const position = z.tuple([z.number().int().nonnegative(), z.number().int().positive()]).meta({ title: '[start, end]' });
const id = z
  .string()
  .regex(/^[\w./-]{1,200}$/, 'expected an id')
  .meta({ title: 'Id' });
/** The id of an actor, or the position of the name of one that was not known. */
const party = z.union([id, position]);
const word = z
  .string()
  .regex(/^[A-Z_]{1,40}$/, 'expected a value of the format')
  .meta({ title: 'Enum value' });

/** What a proposal said, in ids, positions and values of the format only: neither the text nor a model can put words here. */
const Proposed = z
  .strictObject({
    passages: z.array(position).min(1).describe('The passages, by position.'),
    kind: word.optional().describe('`kind` of a statement or a quotation.'),
    modality: word.optional().describe('`modality` of a statement.'),
    status: word.optional().describe('`attribution.status` of a statement.'),
    speakers: z.array(party).optional().describe('`attribution.speakers` of a statement.'),
    imputedTo: party.optional().describe('`attribution.imputedTo` of a statement.'),
    imputedBy: party.optional().describe('`attribution.imputedBy` of a statement.'),
    relayChain: z.array(party).optional().describe('The carriers of `attribution.relayChain`.'),
    date: z
      .string()
      .regex(/^[0-9X~?%./-]{1,60}$/, 'expected a date in EDTF')
      .optional()
      .describe('`saidOn` of a statement or `period` of a figure, in EDTF.'),
    level: z.number().int().positive().optional().describe('`level` of a quotation.'),
    speaker: party.optional().describe('`speaker` of a quotation.'),
    measure: word.optional().describe('`measure` of a figure.'),
    flow: word.optional().describe('`flow` of a figure.'),
    reporter: party.optional().describe('`reporter` of a figure.'),
    partner: party.optional().describe('`partner` of a figure.'),
    value: z
      .string()
      .regex(/^[-+0-9.]{1,1000}$/, 'expected a decimal')
      .optional()
      .describe('`value` of a figure.'),
    unit: z
      .string()
      .regex(/^\w{1,10}$/, 'expected a unit')
      .optional()
      .describe('`unit` of a figure.'),
    qualifier: word.optional().describe('`qualifier` of a figure.'),
    publishedBy: party.optional().describe('`publishedBy` of a figure.'),
    provision: id.optional().describe('`provision` of a link.'),
    regime: id.optional().describe('`regime` of a link.'),
    relation: word.optional().describe('`relation` of a link.'),
    confidence: word.optional().describe('`confidence` of a link.'),
  })
  .meta({ id: 'Proposed', description: 'What the model proposed, without any words.' });

/** Where records come from that a model proposed. It is checked with the seeds, and not served. */
export const ProvenanceRecord = z
  .strictObject({
    record: z
      .string()
      .regex(/^[SQFL]\d{2,}$/, 'expected the id of a statement, quotation, figure or link, e.g. S01')
      .describe('The record, in the same folder.'),
    model: z.string().min(1).max(200).describe('The model that proposed it, as its API calls it.'),
    prompt: z
      .string()
      .regex(/^\d{1,6}$/, 'expected a version, e.g. "1"')
      .describe('Version of the prompt.'),
    acceptedBy: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .nullable()
      .default(null)
      .describe('Who accepted it; null if that is not known.'),
    acceptedOn: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a calendar day, YYYY-MM-DD')
      .meta({ title: 'Day' })
      .describe('When it was accepted.'),
    proposed: Proposed.describe('What was proposed. Where the record differs, a person has changed it.'),
  })
  .describe('Which model proposed a record, and who accepted it. It is not served.');

export type Provenance = z.infer<typeof ProvenanceRecord>;
export type Proposed = Provenance['proposed'];
