import { z } from 'zod';
import type { JsonSchema } from '../jsonSchema.js';
import { SECTIONS } from '../records.js';

// Fields of the seed format are used as they are, with their values and descriptions.
const statement = SECTIONS.statements.statements.shape;
const attribution = statement.attribution.shape;
const quotation = SECTIONS.statements.quotations.shape;
const figure = SECTIONS.trade.figures.shape;
const link = SECTIONS.sanctions.links.shape;

/** A value that the model gives or sets to null. One that is missing counts as null. */
const nullable = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);

const Quote = z
  .strictObject({
    words: z.string().describe('Consecutive words of the paragraph, copied exactly.'),
    occurrence: nullable(z.int().positive()).describe(
      'Which occurrence of the words in the paragraph, counted from 1; null if they occur once.',
    ),
    before: nullable(z.string()).describe('The words directly before them; null if they occur once.'),
    after: nullable(z.string()).describe('The words directly after them; null if they occur once.'),
  })
  .meta({ id: 'Quote' });
const Party = z
  .strictObject({
    id: nullable(z.string()).describe('Id from "actors"; null if the actor is not in that list.'),
    name: nullable(Quote).describe('How the paragraph names the actor; null if it does not.'),
  })
  .meta({ id: 'Party' });

const Statement = z.strictObject({
  passages: z.array(Quote).min(1).describe('The words of the claim; several if other text stands between them.'),
  kind: statement.kind,
  modality: statement.modality,
  status: attribution.status,
  speakers: z.array(Party).default([]).describe('Who says it; empty if the status is IMPUTED or MISSING.'),
  imputedTo: nullable(Party).describe('To whom the words are imputed; only if the status is IMPUTED.'),
  imputedBy: nullable(Party).describe('Who imputes them; only if the status is IMPUTED.'),
  relayChain: z
    .array(Party)
    .default([])
    .describe('Carriers of the words, from the one nearest the speaker to the publisher; without the speaker.'),
  saidOn: nullable(Quote).describe('The words of the paragraph that say when it was said; null if none do.'),
});
const Quotation = z.strictObject({
  passage: Quote.describe('The words between the quotation marks, without the marks.'),
  kind: quotation.kind,
  level: quotation.level,
  speaker: nullable(Party).describe('Whose words they are; null if nobody is named.'),
});
const Figure = z.strictObject({
  passage: Quote.describe('The words that state the trade figure.'),
  statedAs: Quote.describe('The quantity alone, as printed.'),
  measure: figure.measure,
  flow: figure.flow,
  reporter: nullable(Party).describe('The actor from whose side the flow is seen; null if there is none.'),
  partner: nullable(Party).describe('The other side; null if there is not exactly one.'),
  period: nullable(Quote).describe('The words of the paragraph that name the period; null if none do.'),
  value: nullable(z.string()).describe('The value in whole units as a decimal; null if no number is given.'),
  unit: nullable(z.string()).describe('ISO 4217 code of a currency, "percent" or "ratio"; null if no unit applies.'),
  qualifier: figure.qualifier,
  publishedBy: nullable(Party).describe('Source of the number according to the paragraph; null if it does not say.'),
});
const Link = z.strictObject({
  passage: Quote.describe('The words of the claim.'),
  provision: nullable(z.string()).describe('Id from "provisions"; null if the claim relates to a whole regime.'),
  regime: nullable(z.string()).describe('Id from "regimes"; null if there is a provision.'),
  relation: link.relation,
  confidence: link.confidence,
});

/** What a model may propose, with the schema of one item of each. */
export const ITEMS = { statements: Statement, quotations: Quotation, figures: Figure, links: Link } as const;
export type ItemKind = keyof typeof ITEMS;

export type QuoteItem = z.infer<typeof Quote>;
export type PartyItem = z.infer<typeof Party>;
export type StatementItem = z.infer<typeof Statement>;
export type QuotationItem = z.infer<typeof Quotation>;
export type FigureItem = z.infer<typeof Figure>;
export type LinkItem = z.infer<typeof Link>;

const Reply = z.strictObject({
  statements: z.array(Statement).describe('Claims that somebody makes or is said to make.'),
  quotations: z.array(Quotation).describe('Words between quotation marks.'),
  figures: z.array(Figure).describe('Quantities of trade between countries.'),
  links: z.array(Link).describe('Claims that may bear on a provision or a regime of sanctions.'),
});

/**
 * The JSON Schema of a reply, made from the seed format. Every property is required and no other one is allowed, as servers with strict
 * schemas demand.
 */
export function replySchema(): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(Reply, {
    // The output has every property, with null where the model has nothing to say.
    io: 'output',
    override: ({ jsonSchema }) => {
      delete jsonSchema.default;
    },
  });
  return schema as JsonSchema;
}

/** The parts of a reply, not validated yet; null if it is not an object with lists. */
export function parseReply(content: string): Record<ItemKind, unknown[]> | null {
  const reply = parsedObject(content);
  if (!reply) return null;
  const lists = Object.fromEntries(
    Object.keys(ITEMS).map((kind) => [kind, Object.hasOwn(reply, kind) ? reply[kind] : []]),
  ) as Record<ItemKind, unknown>;
  const isReply = Object.keys(ITEMS).some((kind) => Object.hasOwn(reply, kind));
  return isReply && Object.values(lists).every(Array.isArray) ? (lists as Record<ItemKind, unknown[]>) : null;
}

/** Models without structured output often put JSON into a code block. */
function parsedObject(content: string): Record<string, unknown> | null {
  const json = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(content)?.[1] ?? content;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
