import { z } from 'zod';
import { REGISTER } from './folderOrder.js';
import { invisibleProblem } from './invisible.js';
import { languageTagProblem } from './languageTag.js';
import { webUrlProblem } from './webUrl.js';

/**
 * The seed format: what a record of each kind may hold. Every object is strict, so an unknown key is rejected.
 *
 * Ids are local and short in the files (`S06`, `kim-jong-un`, `unscr-2397/8`); reading turns them, and every
 * reference to them, into the typed ids of the graph (`statement:memri-sd-10149/S06`).
 */

/** What a reference may lead to. `party` is an actor or a place. */
const REF_KINDS = [
  'actor',
  'place',
  'party',
  'event',
  'statement',
  'work',
  'commodity',
  'figure',
  'regime',
  'instrument',
  'provision',
] as const;
export type RefKind = (typeof REF_KINDS)[number];

/** The type of a reference in the reference of the format. */
const REF_TITLES: Record<RefKind, string> = {
  actor: 'Id of an actor',
  place: 'Id of a place',
  party: 'Id of an actor or a place',
  event: 'Id of an event',
  statement: 'Id of a statement',
  work: 'Id of a work',
  commodity: 'Id of a commodity',
  figure: 'Id of a figure',
  regime: 'Id of a regime',
  instrument: 'Id of an instrument',
  provision: 'Id of a provision',
};

/** A reference before resolution. `resolve` replaces it by the typed id of its target. */
export class Ref {
  readonly kind: RefKind;
  readonly local: string;
  constructor(kind: RefKind, local: string) {
    this.kind = kind;
    this.local = local;
  }
}

// The declared type is that of resolved records, a typed id. Between parsing and resolving the value is a Ref.
const ref = (kind: RefKind) =>
  z
    .string()
    .min(1)
    .transform((local): string => new Ref(kind, local) as unknown as string)
    .meta({ title: REF_TITLES[kind] });

const text = z.string().trim().min(1).meta({ title: 'Text' });
/** A name is printed, searched and compared in one line, and as it looks. */
const line = text.regex(/^[^\n\r\f\v\u0085\u2028\u2029]*$/, 'expected one line').superRefine((name, context) => {
  const message = invisibleProblem(name);
  if (message) context.addIssue({ code: 'custom', message });
});
const localId = (letter: string) =>
  z
    .string()
    .regex(new RegExp(`^${letter}\\d{2,}$`), `expected ${letter} and at least two digits, e.g. ${letter}01`)
    .meta({ title: `Local id, e.g. ${letter}01` })
    .describe('Id of the record, unique within its section and folder.');
const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens, e.g. kim-jong-un')
  .meta({ title: 'Slug' });
/** Names of folders that are not documents. */
const RESERVED = new Set(['background', 'register']);
export const isDocumentId = (id: string): boolean => slug.safeParse(id).success && !RESERVED.has(id);
const list = <T extends z.ZodType>(item: T) => z.array(item).default([]);
const optional = <T extends z.ZodType>(item: T) => item.nullable().default(null);

/** An exact decimal in quotes. It is validated by `checks/decimals`. */
const decimal = z.string().meta({ title: 'Decimal' });
/** A calendar day, `YYYY-MM-DD`. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a calendar day, YYYY-MM-DD')
  .meta({ title: 'Day' });
/** It is validated by `checks/dates`. */
const edtf = z.string().meta({ title: 'EDTF' });

/** An http or https URL that readers may follow. */
const webUrl = z
  .string()
  .trim()
  .superRefine((url, context) => {
    const message = webUrlProblem(url);
    if (message) context.addIssue({ code: 'custom', message });
  })
  .meta({ title: 'URL' });

/** A BCP 47 language tag of registered subtags. */
const languageTag = z
  .string()
  .superRefine((tag, context) => {
    const message = languageTagProblem(tag);
    if (message) context.addIssue({ code: 'custom', message });
  })
  .meta({ title: 'Language tag' });

/** A chapter of the Harmonized System: 01 to 97 without 77, which is reserved, and 98 and 99 of national schedules. */
const HS_CHAPTER = '(?!00|77)\\d\\d';
/** Years of the editions of the Harmonized System. */
const HS_EDITIONS = '1988|1992|1996|2002|2007|2012|2017|2022|2028';

const DateBasis = z.enum(['STATED', 'INFERRED', 'BACKGROUND', 'UNKNOWN']).meta({ id: 'DateBasis' });
const ParagraphRole = z
  .enum(['TITLE', 'DATELINE', 'FRAMING', 'BODY', 'CAPTION', 'FOOTNOTE', 'BOILERPLATE'])
  .meta({ id: 'ParagraphRole' });
const PolityStatus = z.enum(['SOVEREIGN_STATE', 'BREAKAWAY_ENTITY', 'HISTORICAL_STATE']).meta({ id: 'PolityStatus' });
const OrganizationType = z
  .enum(['INTERNATIONAL_ORGANIZATION', 'GOVERNMENT_BODY', 'RESEARCH_INSTITUTE', 'MILITARY_UNIT', 'OTHER'])
  .meta({ id: 'OrganizationType' });
const EventStatus = z.enum(['OCCURRED', 'PLANNED', 'ALLEGED']).meta({ id: 'EventStatus' });
const QuotationKind = z.enum(['DIRECT', 'PARTIAL', 'SCARE', 'TITLE', 'IMPUTED']).meta({ id: 'QuotationKind' });
const WorkKind = z
  .enum([
    'DISPATCH',
    'ARTICLE',
    'TELEGRAM',
    'INTERVIEW',
    'INTERVIEW_OR_REMARKS',
    'BROADCAST',
    'UN_RESOLUTION',
    'AGREEMENT',
    'DATASET',
    'LOST_SOURCE',
    'PHOTO',
  ])
  .meta({ id: 'WorkKind' });
const TensionKind = z
  .enum([
    'CONTRADICTION',
    'REBUTTAL',
    'POLICY_REVERSAL',
    'COMPETING_CAUSES',
    'DIVERGENT_EXPECTATION',
    'ASYMMETRY',
    'TEMPORAL_STATUS',
    'SCOPE',
    'QUALIFICATION',
    'FRAMING',
  ])
  .meta({ id: 'TensionKind' });
const CautionKind = z.enum(['NAMING', 'MISPRINT']).meta({ id: 'CautionKind' });
const MeasureDirection = z.enum(['FROM_TARGET', 'TO_TARGET', 'BOTH']).meta({ id: 'MeasureDirection' });
const ProvisionRelation = z
  .enum([
    'POSSIBLE_BREACH',
    'QUESTIONED_BREACH',
    'FUTURE_DISPUTE',
    'LABOUR_BAN',
    'CLAIMED_COMPLIANCE',
    'CLAIMED_INAPPLICABLE',
    'CLAIMED_NO_OBSTACLE',
    'LIMITED_BY',
    'EXPLAINED_BY',
    'CONSISTENT_WITH',
    'PERMITTED',
    'PERMITTED_WITHIN_CAP',
    'CONDITIONAL_ON',
    'PRESUPPOSES',
  ])
  .meta({ id: 'ProvisionRelation' });
const Confidence = z.enum(['HIGH', 'MEDIUM', 'LOW']).meta({ id: 'Confidence' });
const TradeFlow = z.enum(['TURNOVER', 'EXPORT', 'IMPORT']).meta({ id: 'TradeFlow' });
const Rounding = z.enum(['HALF_EVEN', 'DOWN']).meta({ id: 'Rounding' });
const Basis = z.enum(['DOCUMENT', 'BACKGROUND', 'DERIVED', 'ANALYST']).meta({ id: 'Basis' });

/** Where the words of a passage are in the text. */
const position = {
  at: z
    .tuple([z.number().int().nonnegative(), z.number().int().positive()])
    .meta({ title: '[start, end]' })
    .describe('Position in the text, in Unicode code points from 0; the end is exclusive.'),
  digest: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'expected the first 16 hex digits of the SHA-256 of the passage')
    .meta({ title: 'Digest' })
    .describe('First 16 hexadecimal digits of the SHA-256 of the words in UTF-8.'),
};

/** Code points, half-open, and the first 16 hex digits of the passage's SHA-256. */
const Passage = z
  .strictObject(position)
  .meta({ id: 'Passage', description: 'Consecutive words of the text, within one paragraph.' });

const Reference = z
  .strictObject({
    title: text.describe('Title of the source.'),
    locator: optional(text).describe('Place in the source, e.g. `para. 8`; null if none is needed.'),
    url: optional(webUrl).describe('Address of the source on the web; null if it has none.'),
  })
  .meta({ id: 'Reference', description: 'A source outside the documents.' });
const BackgroundFact = z
  .strictObject({
    fact: text.describe('The fact in our own words.'),
    references: z.array(Reference).min(1).describe('Its sources.'),
  })
  .meta({
    id: 'BackgroundFact',
    description: 'A fact known from outside the documents, recorded apart from what they state.',
  });
const DateSpanSeed = z
  .strictObject({
    edtf: edtf.describe(
      'The date, as precise as the evidence: `2022-08-09`, `2022-03`, `../2022-08-15`, `2022-07-25~/2022-07-31`.',
    ),
    basis: DateBasis.describe('Whether the document states the date, or how else it is known.'),
    note: optional(text).describe('How the date was inferred, or a remark about it; null if there is nothing to say.'),
  })
  .meta({ id: 'DateSpan', description: 'When something happened or was published.' });

const basisOfRecord = Basis.optional().describe(
  'Where the fact comes from. Default: `DERIVED` if it has a derivation, otherwise `DOCUMENT` in the folder of a document and `BACKGROUND` in the register.',
);
const referencesOfRecord = list(Reference).describe(
  'Sources outside the documents; required if `basis` is `BACKGROUND`.',
);
const note = optional(text).describe(
  'What a reader should know before using the record; null if there is nothing to say.',
);
/** The sources of a fact. `basis` defaults to DOCUMENT in the folder of a document and to BACKGROUND in the register. */
const sourced = {
  basis: basisOfRecord,
  passages: list(Passage).describe('Passages that state the fact; required if `basis` is `DOCUMENT`.'),
  references: referencesOfRecord,
};

// ── document.yaml ────────────────────────────────────────────────────────────────────────────────────────────────
export const DocumentRecord = z
  .strictObject({
    id: slug.describe('Id of the document: the name of its folder.'),
    title: text.describe('The heading, as printed.'),
    publisher: optional(ref('actor')).describe('Who published it; null if that is not known.'),
    publishedOn: DateSpanSeed.describe('When it was published, not when anything in it was said.'),
    series: optional(text).describe('Series of the publisher in which it appeared; null if it is not part of one.'),
    number: optional(text).describe('Number within the series, as printed; null if it has none.'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits')
      .meta({ title: 'SHA-256' })
      .describe('SHA-256 of the whole text in UTF-8, as 64 hexadecimal digits.'),
    length: z.number().int().positive().describe('Length of the text in Unicode code points.'),
    byteLength: z.number().int().positive().describe('Length of the text in bytes of UTF-8.'),
    multibyte: list(z.tuple([z.number().int().nonnegative(), z.number().int().min(2).max(4)])).describe(
      '`[position, bytes]` of each code point that takes more than one byte in UTF-8, from which byte offsets are computed.',
    ),
    reproduces: optional(ref('work')).describe(
      'The work that it reproduces, e.g. a translated article; null if it is original.',
    ),
    paragraphs: z
      .array(
        z.strictObject({
          number: z.number().int().positive().describe('Number of the paragraph, counted from 1.'),
          role: ParagraphRole.describe('Function of the paragraph.'),
          voice: optional(ref('actor')).describe(
            'Whose text it is: the publisher, or the author of a reproduced work; null if that cannot be determined.',
          ),
          ...position,
        }),
      )
      .min(1)
      .describe('The paragraphs in order of the text. White space between them belongs to none.'),
  })
  .describe('The text that the folder annotates. Its words are not stored.');

// ── actors.yaml ──────────────────────────────────────────────────────────────────────────────────────────────────
const MentionForm = z
  .enum(['NAME', 'PARTIAL_NAME', 'ABBREVIATION', 'ADJECTIVE', 'METONYM', 'DESCRIPTION', 'PRONOUN', 'IMPLIED'])
  .meta({ id: 'MentionForm' });
const mention = {
  form: MentionForm.describe('How the words refer to the actor or place.'),
  ...position,
};
const mentions = list(z.strictObject(mention)).describe(
  'Passages of the document in the same folder that name or mean it, in order of the text.',
);
const Alias = z
  .strictObject({
    text: line.describe('The form of the name, e.g. another spelling, initials or another script.'),
    lang: optional(languageTag).describe('Language of the form; null if it has none or that is not known.'),
    inDocument: z.boolean().default(false).describe('Whether a document uses the form.'),
    caution: optional(text).describe('Why the form is misleading, e.g. a slip for another actor; null if it is not.'),
    basis: Basis.optional().describe('Where the form comes from. Default: the `basis` of the record.'),
    references: list(Reference).describe(
      'Sources outside the documents. Default: those of the record, if the alias has no `basis` either.',
    ),
  })
  .meta({ id: 'Alias', description: 'A form of the name of an actor or a place.' });
/** The ids of registers that have a page per entry: they become part of its URL. */
const REGISTER_IDS: ReadonlyMap<string, { pattern: RegExp; example: string }> = new Map([
  ['wikidata', { pattern: /^Q[1-9]\d*$/, example: 'Q159' }],
]);
const Identifier = z
  .strictObject({
    // Services look the scheme up among the registers that they know, and every object has a property of such a name.
    scheme: slug
      .refine((scheme) => !(scheme in Object.prototype), 'expected the name of a register, e.g. wikidata')
      .describe('The other register, e.g. `wikidata`.'),
    value: text.describe('The identifier as that register writes it, e.g. `Q159`.'),
  })
  .superRefine(({ scheme, value }, context) => {
    const id = REGISTER_IDS.get(scheme);
    if (id && !id.pattern.test(value))
      context.addIssue({
        code: 'custom',
        path: ['value'],
        message: `expected an id of ${scheme}, e.g. ${id.example}`,
        input: value,
      });
  })
  .meta({
    id: 'Identifier',
    description: 'The identifier of an actor or a place in another register. Two actors may share one.',
  });
const Affiliation = z
  .strictObject({
    to: ref('actor').describe('What the actor or place belongs to or acts for.'),
    basis: Basis.optional().describe('Where the affiliation comes from. Default: the `basis` of the record.'),
    note: optional(text).describe('The reason if `basis` is `ANALYST` or `DERIVED`; otherwise usually null.'),
    references: list(Reference).describe('Sources outside the documents; required if `basis` is `BACKGROUND`.'),
  })
  .meta({ id: 'Affiliation', description: 'Membership or allegiance.' });
const named = {
  id: slug.describe('Id, unique among the actors and places of all folders.'),
  name: line.describe('English name, which the graph uses; at most 30 words.'),
  description: optional(text).describe('What it is or does, briefly, in our own words; null if nothing is recorded.'),
  note,
  aliases: list(Alias).describe('Other forms of the name, and the name itself if a document uses it.'),
  identifiers: list(Identifier).describe('Identifiers in other registers.'),
  affiliations: list(Affiliation).describe('What it directly belongs to or acts for.'),
  mentions,
  basis: Basis.optional().describe(
    'Where the record comes from. Default: `DOCUMENT` in the folder of a document. In the register, `DOCUMENT` while a document mentions it, otherwise `BACKGROUND`.',
  ),
  references: referencesOfRecord,
};
const kindOfActor = <Kind extends string>(kind: Kind) =>
  z
    .literal(kind)
    .describe(
      'What the actor is: one human being; a state, or a territory that claims to be one; another body that acts as a unit; an outlet that publishes; people referred to only collectively.',
    );
const ActorRecord = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...named, kind: kindOfActor('PERSON') }),
    z.strictObject({
      ...named,
      kind: kindOfActor('POLITY'),
      status: PolityStatus.describe('Kind of polity: a label, not a judgement on a claim to statehood.'),
    }),
    z.strictObject({
      ...named,
      kind: kindOfActor('ORGANIZATION'),
      type: OrganizationType.describe('Kind of organization.'),
    }),
    z.strictObject({ ...named, kind: kindOfActor('MEDIA_OUTLET') }),
    z.strictObject({ ...named, kind: kindOfActor('GROUP') }),
  ])
  .describe('A person, polity, organization, media outlet or group.');
const PlaceRecord = z
  .strictObject({
    ...named,
    within: optional(ref('place')).describe('The next larger place that contains it; null if none is recorded.'),
  })
  .describe('A location. Where the name of a city means a government, record the actor instead.');
/** What a document says of an actor or a place that is recorded in another folder, usually in the register. */
const AdditionRecord = z
  .strictObject({
    of: ref('party').describe('The actor or place, recorded in another folder.'),
    description: optional(text).describe(
      'Used if the record has no description; the first folder that gives one wins.',
    ),
    aliases: list(Alias).describe('Further forms of the name.'),
    identifiers: list(Identifier).describe('Further identifiers in other registers.'),
    affiliations: list(Affiliation).describe('Further affiliations.'),
    mentions,
    note: optional(text).describe('Appended to the note of the record; null to append nothing.'),
  })
  .describe('What the document says of an actor or a place that is recorded in another folder, usually the register.');
/** Two ids of one actor or place. The id that is given up remains valid: it leads to the record with the other id. */
const MergeRecord = z
  .strictObject({
    id: slug.describe('The id that is given up. It remains valid, and leads to the other record.'),
    sameAs: ref('party').describe('The id that remains; of the same kind, and not merged itself.'),
    reason: text.describe('Why they are the same.'),
  })
  .describe('Two ids that turned out to be one actor or place.');
const OfficeRecord = z
  .strictObject({
    id: localId('O'),
    holder: ref('actor').describe('The person who holds or held it.'),
    title: text.describe('The position in English, e.g. `Ambassador`.'),
    organization: optional(ref('actor')).describe(
      'The polity, organization or group of the office; null if that is not stated.',
    ),
    host: optional(ref('actor')).describe('Where an envoy is accredited; null for other offices.'),
    asOf: optional(DateSpanSeed).describe('When the holder is known to have held it, not the term; null if unknown.'),
    note,
    ...sourced,
  })
  .describe('A position that a person is said to hold or to have held.');
/** `relative` is the `relation` of `person`; seen from the other end, `person` is the `inverse` of `relative`. */
const KinshipRecord = z
  .strictObject({
    id: localId('K'),
    person: ref('actor').describe('One of the two persons.'),
    relative: ref('actor').describe('The other one.'),
    relation: text.describe('What `relative` is to `person`, e.g. `grandfather`.'),
    inverse: text.describe('What `person` is to `relative`, e.g. `grandson`.'),
    ...sourced,
  })
  .describe('A family relationship of two persons, recorded once.');
const EventKind = z
  .enum([
    'RECOGNITION',
    'SEVERANCE_OF_RELATIONS',
    'UN_VOTE',
    'TELEGRAM',
    'PUBLICATION',
    'VISIT',
    'DETENTION',
    'MEDIA_STATEMENT',
    'ECONOMIC_OUTREACH',
    'LABOUR_DEPLOYMENT',
    'LABOUR_WITHDRAWAL',
    'OFFICIAL_REPORT',
    'SANCTIONS_IMPOSITION',
    'AGREEMENT_TERMINATION',
    'BORDER_CLOSURE',
    'HISTORICAL_EVENT',
    'COMMEMORATION',
    'ARMED_CONFLICT',
    'HISTORICAL_TRADE_PRACTICE',
    'CORRUPT_PRACTICE',
    'DEPICTED_MEETING',
  ])
  .meta({ id: 'EventKind' });
const EventRecord = z
  .strictObject({
    id: localId('E'),
    label: text.describe('What happened, briefly, in our own words.'),
    kind: EventKind.describe('Kind of event.'),
    status: EventStatus.describe('Whether it happened, is planned, or is only alleged.'),
    date: DateSpanSeed.describe('When it happened or is planned.'),
    place: optional(ref('place')).describe('Where it happened or is planned; null if the document does not say.'),
    participants: list(
      z.strictObject({
        actor: ref('actor').describe('Who took part.'),
        role: text.describe('In what role, e.g. `host`.'),
      }),
    ).describe('Who took part; empty if nobody is named.'),
    statements: list(ref('statement')).describe('Statements that report it or bear on it, the most informative first.'),
    instruments: list(ref('instrument')).describe(
      'Instruments that it corresponds to, known from outside the document.',
    ),
    note,
    background: list(BackgroundFact).describe('What other sources add, e.g. the exact day.'),
    ...sourced,
  })
  .describe('Something that happened, is planned, or is said to have happened.');

// ── statements.yaml ──────────────────────────────────────────────────────────────────────────────────────────────
const StatementKind = z
  .enum([
    'FACT_REPORT',
    'EVALUATION',
    'LEGAL_POSITION',
    'PREDICTION',
    'PLAN',
    'CAUSAL_CLAIM',
    'HISTORICAL_CLAIM',
    'COMPARISON',
    'STATISTIC',
    'QUESTION',
    'GREETING',
    'WISH',
    'LABEL',
    'TITLE',
  ])
  .meta({ id: 'StatementKind' });
const Modality = z
  .enum([
    'ASSERTED',
    'HEDGED',
    'PREDICTED',
    'EXPECTED',
    'BELIEVED',
    'SPECULATED',
    'HYPOTHETICAL',
    'PLANNED',
    'WISHED',
    'QUESTIONED',
  ])
  .meta({ id: 'Modality' });
const AttributionStatus = z
  .enum(['EXPLICIT', 'IMPLICIT', 'INHERITED_UNCERTAIN', 'IMPUTED', 'MISSING'])
  .meta({ id: 'AttributionStatus' });
const HedgeKind = z
  .enum([
    'DISPOSITION',
    'PREDICTION',
    'EXPECTATION',
    'BELIEF',
    'POSSIBILITY',
    'IMPROBABILITY',
    'VAGUE_TIME',
    'VAGUE_QUANTITY',
    'VAGUE_PLACE',
    'APPROXIMATION',
    'LOWER_BOUND',
    'PARTIALITY',
    'IMPRESSION',
    'INTENTION',
    'ATTRIBUTION',
    'CONFIDENCE',
    'INSINUATION',
    'GLOSS_MARKER',
    'DISTANCING_VERB',
    'SUMMARY_MARKER',
    'EVIDENTIAL',
    'AGENTLESS_PASSIVE',
    'RELATIVE_STANDARD',
    'CONCESSION',
    'CONDITION',
    'RESTRICTION',
    'COMPLICATION',
    'QUESTION',
    'GUESS',
    'HYPOTHETICAL',
    'IGNORANCE',
    'EVALUATIVE',
  ])
  .meta({ id: 'HedgeKind' });
const StatementRecord = z
  .strictObject({
    id: localId('S'),
    summary: text.describe('The claim in our own words: no eight consecutive words of the text.'),
    kind: StatementKind.describe('Kind of claim, by content.'),
    modality: Modality.describe('How firmly the claim is made.'),
    attribution: z
      .strictObject({
        status: AttributionStatus.describe('How certain it is who speaks.'),
        speakers: list(ref('actor')).describe(
          'Whom the words are attributed to. Empty if `status` is `IMPUTED` or `MISSING`; otherwise at least one.',
        ),
        candidates: z
          .array(ref('actor'))
          .optional()
          .describe(
            'All actors who may have said it, including the speakers, the likeliest first. Default: the speakers.',
          ),
        imputedTo: optional(ref('actor')).describe(
          'To whom the words are imputed; required if `status` is `IMPUTED`, otherwise null.',
        ),
        imputedBy: optional(ref('actor')).describe(
          'Who imputes them; required if `status` is `IMPUTED`, otherwise null.',
        ),
        relayChain: list(
          z.strictObject({
            carrier: optional(ref('actor')).describe('Who passed the words on; null if the name is lost.'),
            medium: optional(text).describe(
              'Form in which the words reached this carrier, e.g. `telegram`; null if unknown.',
            ),
            work: optional(ref('work')).describe('The work in which they came; null if the document names none.'),
            relayedOn: optional(DateSpanSeed).describe('When this carrier passed them on; null if unknown.'),
          }),
        ).describe(
          'Carriers from the one nearest the speaker to the publisher, which is the last. It does not begin with the speaker or `imputedBy`, and has each carrier once. Empty if the publisher speaks for itself. If `status` is `IMPLICIT`, the speaker is the voice of the paragraph, and a chain leads from the author of a reproduced text to the publisher.',
        ),
      })
      .describe('Who says it, and through whom it reached the document.'),
    saidOn: DateSpanSeed.describe('When it was said: not when it was published or when the reported events happened.'),
    addressees: list(ref('actor')).describe('To whom it was said; empty if nobody is named.'),
    venue: optional(text).describe(
      'Where it was said, e.g. a broadcast; null if that is not stated or the text itself makes the claim.',
    ),
    topics: list(slug).describe('What it is about. The order has no meaning.'),
    hedges: list(
      z.strictObject({
        kind: HedgeKind.describe('What the words do to the claim.'),
        ...position,
      }),
    ).describe('Words within its passages that weaken, limit or colour the claim, or attribute it to somebody else.'),
    note: optional(text).describe(
      'What a reader should know before using the record; null if there is nothing to say. Also the note of the attribution if that is `INHERITED_UNCERTAIN`, `IMPUTED` or `MISSING`.',
    ),
    ...sourced,
  })
  .describe('One claim that somebody makes or is said to make. At least one passage.');
const StatementRelationType = z
  .enum([
    'SUPPORTS',
    'CORROBORATES',
    'CONTRADICTS',
    'REBUTS',
    'QUALIFIES',
    'CONTRASTS_WITH',
    'COMPETES_WITH',
    'ALTERNATIVE_TO',
    'PARALLELS',
    'RESPONDS_TO',
    'ANSWERS',
    'EXPLAINS',
    'INTRODUCES',
  ])
  .meta({ id: 'StatementRelationType' });
/** Symmetric types: recorded once, with the lower id first. */
export const SYMMETRIC_RELATIONS: ReadonlySet<string> = new Set([
  'CORROBORATES',
  'CONTRADICTS',
  'CONTRASTS_WITH',
  'COMPETES_WITH',
  'ALTERNATIVE_TO',
  'PARALLELS',
]);
// S100 comes after S99.
const BY_NUMBER = new Intl.Collator('en', { numeric: true });
/** Whether the first of two typed ids is not the higher one, in the order of symmetric relations. */
export const isLowerFirst = (from: string, to: string): boolean => BY_NUMBER.compare(from, to) <= 0;
const RelationRecord = z
  .strictObject({
    id: localId('R'),
    type: StatementRelationType.describe(
      'Type of relation. A symmetric one is recorded once, with the lower id in `from`.',
    ),
    from: ref('statement').describe('The statement that supports, rebuts, … the other one.'),
    to: ref('statement').describe('The other statement. One of the two may be of another document.'),
    basis: Basis.default('ANALYST').describe(
      'Where the relation comes from: `DOCUMENT` only if the document itself relates the two.',
    ),
    rationale: optional(text).describe(
      'Why they are related in this way; required if `basis` is `ANALYST` or `DERIVED`.',
    ),
  })
  .describe('How one statement relates to another. In the register, for statements of different documents.');
const QuotationRecord = z
  .strictObject({
    id: localId('Q'),
    kind: QuotationKind.describe('What the marks stand for: speech, a title, distance.'),
    speaker: optional(ref('actor')).describe(
      'Whose words they are; for a scare quote, who added the marks. Null if nobody is named.',
    ),
    speakerIsCertain: z
      .boolean()
      .describe('Whether the document leaves no doubt whose words they are. Not without a speaker.'),
    level: z
      .number()
      .int()
      .positive()
      .describe(
        'Depth: 1 for a quotation in the document, 2 for one inside a recorded quotation of level 1, and so on.',
      ),
    statements: list(ref('statement')).describe('Statements with words in it.'),
    isTranslated: z.boolean().describe('Whether the words reached the document in translation.'),
    translationBasis: Basis.describe('How it is known whether they were translated.'),
    marked: optional(Passage).describe('The same words with their marks; null if they have no marks of their own.'),
    note,
    ...sourced,
    passages: list(Passage).describe(
      'The words without their marks: several passages if other text stands between them. At least one.',
    ),
  })
  .describe('Words that the document marks as not its own.');
const WorkRecord = z
  .strictObject({
    id: localId('W'),
    kind: WorkKind.describe('Kind of work.'),
    description: text.describe('What it is, in our own words, and what is missing from it.'),
    maker: optional(ref('actor')).describe('Who made or issued it; null if nobody is named.'),
    date: optional(DateSpanSeed).describe('When it was made or issued; null if unknown.'),
    ...sourced,
  })
  .describe('A text, broadcast, picture or dataset that the document is, reproduces, names or draws on.');
/** Cites the passages of its statements. */
const TensionRecord = z
  .strictObject({
    id: localId('T'),
    kind: TensionKind.describe('How the statements are at odds.'),
    statements: z.array(ref('statement')).min(2).describe('The statements; they may be of different documents.'),
    explanation: text.describe('What is at odds, and to what extent, in our own words.'),
    basis: Basis.default('ANALYST').describe(
      'Where the tension comes from: `DOCUMENT` only if the document itself points it out.',
    ),
    references: referencesOfRecord,
  })
  .describe('Statements that are at odds. Its passages are those of the statements.');
const CautionRecord = z
  .strictObject({
    id: z
      .string()
      .regex(/^[XM]\d{2,}$/, 'expected X (naming) or M (misprint) and at least two digits, e.g. X01')
      .meta({ title: 'Local id, e.g. X01 or M01' })
      .describe('Id of the record, unique within its section and folder: X for names, M for misprints.'),
    kind: CautionKind.describe('Kind of pitfall.'),
    explanation: text.describe('What can go wrong, and the correct reading, in our own words.'),
    basis: Basis.default('ANALYST').describe(
      'Where the caution comes from: `DOCUMENT` only if the document itself points it out.',
    ),
    passages: z.array(Passage).min(1).describe('The passages that can be misread.'),
    references: referencesOfRecord,
  })
  .superRefine(({ id, kind }, context) => {
    if (id.startsWith('M') !== (kind === 'MISPRINT'))
      context.addIssue({
        code: 'custom',
        path: ['id'],
        message: `expected ${kind === 'MISPRINT' ? 'M' : 'X'} for the kind ${kind}`,
        input: id,
      });
  })
  .describe('A pitfall in the text: names that look alike, or a slip left as printed.');
const InsertionRecord = z
  .strictObject({ id: localId('B'), ...position })
  .describe('Words that an editor or a translator inserted, with footnote marks: not those of the speaker.');
const NumberRecord = z
  .strictObject({
    id: localId('N'),
    label: text.describe('What the number counts or denotes.'),
    value: optional(text).describe(
      'As a numeral, or as printed if it is not a quantity; null if the document gives no number.',
    ),
    note: optional(text).describe(
      'A remark, e.g. that the number was counted and is not printed; null if there is nothing to say.',
    ),
    statement: optional(ref('statement')).describe(
      'The statement with the number; null if it belongs to none, e.g. a page number.',
    ),
    ...position,
  })
  .describe('A number that the document states or implies, other than a trade figure.');

// ── sanctions.yaml ───────────────────────────────────────────────────────────────────────────────────────────────
const RegimeRecord = z
  .strictObject({
    id: slug.describe('Id, unique among the regimes of all folders.'),
    name: line.describe(
      'Official name, or the name in use, on one line. It may share its words with a document: another name would be another programme.',
    ),
    authority: optional(ref('actor')).describe('The body that adopts it; null if none is recorded.'),
    targets: list(ref('actor')).describe(
      'Actors that it targets as a whole; empty if it only lists persons and bodies.',
    ),
    note,
    background: list(BackgroundFact).describe('What other sources add.'),
    ...sourced,
  })
  .describe('A sanctions programme of one authority.');
const InstrumentRecord = z
  .strictObject({
    id: slug.describe('Id, unique among the instruments of all folders.'),
    symbol: line.describe('Official symbol, e.g. `S/RES/2397 (2017)`; unique among all instruments.'),
    title: line.describe(
      'Official title in full, on one line, at most 200 words. It may share its words with a document: a title in other words would not identify the act.',
    ),
    regime: ref('regime').describe('The regime it belongs to.'),
    adoptedOn: DateSpanSeed.describe('When it was adopted; its provisions may come into force later.'),
    note,
    ...sourced,
  })
  .describe('A legal act: a resolution, a regulation, an order.');
const MeasureKind = z
  .enum([
    'LABOUR',
    'JOINT_VENTURE',
    'ENERGY',
    'TEXTILES',
    'EXPORT_BAN',
    'IMPORT_BAN',
    'FINANCE',
    'ASSET_FREEZE',
    'TRAVEL_BAN',
    'OTHER',
  ])
  .meta({ id: 'MeasureKind' });
/** Its id is `<instrument>/<paragraph>`. */
const ProvisionRecord = z
  .strictObject({
    instrument: ref('instrument').describe('The instrument that contains it.'),
    paragraph: z
      .string()
      .regex(/^(?!0\d)[0-9A-Za-z().]+$/, 'expected the number of a paragraph in quotes, e.g. "8"')
      .meta({ title: 'Paragraph number in quotes' })
      .describe('Number of the paragraph in the instrument. The id of the provision is `<instrument>/<paragraph>`.'),
    paragraphSource: optional(text).describe(
      'Public source in which the number was seen; null if the number is unverified.',
    ),
    measure: MeasureKind.describe('What it restricts.'),
    direction: MeasureDirection.describe('Whether it restricts what leaves the target, what enters it, or both.'),
    summary: text.describe('What it requires or forbids, in our own words.'),
    cap: optional(text).describe('The quantity allowed, with its unit and period; null if it sets none.'),
    replacedBy: optional(ref('provision')).describe(
      'A later provision that replaced it and begins after `inForceUntil`; null if none is recorded.',
    ),
    hsChapters: list(
      z
        .string()
        .regex(new RegExp(`^${HS_CHAPTER}$`), 'expected a chapter of the Harmonized System in two digits')
        .meta({ title: 'HS chapter in quotes' }),
    ).describe('Chapters of the Harmonized System that it names, in two digits.'),
    inForceFrom: day.describe('First day on which it is in force.'),
    inForceUntil: optional(day).describe(
      'Last day on which it is in force; null if no end is recorded. Required with `replacedBy`.',
    ),
    deadline: optional(day).describe('Day by which something had to be done; null if it sets none.'),
    ...sourced,
  })
  .describe('One numbered paragraph of an instrument.');
/** What a document says of a regime, instrument or provision of the register. Exactly one of the three is given. */
const CitationRecord = z
  .strictObject({
    regime: optional(ref('regime')).describe('The regime. Give exactly one of `regime`, `instrument` and `provision`.'),
    instrument: optional(ref('instrument')).describe('The instrument; see `regime`.'),
    provision: optional(ref('provision')).describe('The provision; see `regime`.'),
    note: optional(text).describe('Appended to the note of the regime or instrument; null to append nothing.'),
    background: list(BackgroundFact).describe('Appended to the background of the regime.'),
    passages: z.array(Passage).min(1).describe('Passages that speak of it.'),
  })
  .describe('What the document says of a regime, an instrument or a provision that is recorded in another folder.');
/** `regime` must be omitted if there is a provision, which determines it. */
const LinkRecord = z
  .strictObject({
    id: localId('L'),
    statement: ref('statement').describe('The claim.'),
    provision: optional(ref('provision')).describe(
      'The provision to which it relates; null if it relates to a whole regime.',
    ),
    regime: optional(ref('regime')).describe(
      'The regime to which it relates; null if there is a provision, which determines it.',
    ),
    relation: ProvisionRelation.describe('How the claim relates to it.'),
    confidence: Confidence.describe('How well the claim fits, never whether a breach happened.'),
    rationale: text.describe('The reason for this reading, in our own words.'),
    basis: Basis.describe(
      '`DOCUMENT` if the claim itself mentions the regime, `ANALYST` if only an analyst relates them.',
    ),
  })
  .describe('How a claim relates to a provision or a whole regime. Its passages are those of the statement.');
/** A date in EDTF, alone or with its basis and a note. The basis defaults to STATED, or to BACKGROUND in a record of that basis. */
export const listingDate = z
  .preprocess(
    (value) => (typeof value === 'string' ? { edtf: value } : value),
    z.strictObject({
      edtf: edtf.describe('The date, as precise as the evidence.'),
      basis: DateBasis.optional().describe(
        'How the date is known. Default: `BACKGROUND` if that is the `basis` of the record, otherwise `STATED`.',
      ),
      note: optional(text).describe(
        'How the date was inferred, or a remark about it; null if there is nothing to say.',
      ),
    }),
  )
  .meta({
    id: 'ListingDate',
    description: 'The date of a listing or delisting. A text stands for its `edtf` alone: `listedOn: "2014-07-25"`.',
  });
/** Its id is `<regime>/<actor>`; that of a further listing of the same actor also has its date. */
const DesignationRecord = z
  .strictObject({
    actor: ref('actor').describe(
      'The listed party. The id of the designation is `<regime>/<actor>`; that of a further listing of the same actor also has its date.',
    ),
    regime: ref('regime').describe('The regime under which it is listed.'),
    instrument: optional(ref('instrument')).describe('The instrument that listed it; null if its symbol was not seen.'),
    listedOn: optional(listingDate)
      .transform((date): z.infer<typeof listingDate> => date ?? { edtf: '../..', basis: 'UNKNOWN', note: null })
      .describe('When it was listed; null if that is not known at all.'),
    delistedOn: optional(listingDate).describe('When it was delisted; null if no delisting is recorded.'),
    measures: z.array(MeasureKind).min(1).describe('Measures that apply to the party.'),
    ...sourced,
  })
  .describe(
    'A listing of an actor under a regime. An actor that is listed again has another record, after the first one.',
  );

// ── trade.yaml ───────────────────────────────────────────────────────────────────────────────────────────────────
const TradeMeasure = z
  .enum(['TRADE_VALUE', 'PERCENT_CHANGE', 'ABSOLUTE_CHANGE', 'RATIO', 'TREND', 'PRICE_RELATION'])
  .meta({ id: 'TradeMeasure' });
/** Qualifiers of figures that have no number. */
export const QUALIFIERS_WITHOUT_VALUE = [
  'VIRTUALLY_NIL',
  'UNQUANTIFIED',
  'DECLINING',
  'MINUSCULE_RANGE',
  'ABOVE_MARKET_PRICE',
  'BELOW_MARKET_PRICE',
  'NOT_COMPUTABLE',
] as const;
const Qualifier = z
  .enum(['EXACT', 'OVER', 'UNDER', 'APPROXIMATELY', ...QUALIFIERS_WITHOUT_VALUE])
  .meta({ id: 'Qualifier' });
const DirectionCertainty = z.enum(['REPORTED', 'PLANNED', 'POSSIBLE']).meta({ id: 'DirectionCertainty' });
const CommodityRecord = z
  .strictObject({
    id: localId('C'),
    name: text.describe('What the goods are, in our own words.'),
    hsCode: optional(
      z
        .string()
        .regex(
          new RegExp(`^(HS(?:${HS_EDITIONS}) )?${HS_CHAPTER}(\\.?\\d\\d){0,4}$`),
          'expected a code of the Harmonized System in 2, 4, 6, 8 or 10 digits, e.g. 2510 or 2510.10',
        )
        .meta({ title: 'HS code in quotes' }),
    ).describe(
      'Code of the Harmonized System in 2, 4, 6, 8 or 10 digits, optionally after its edition: `HS2017 2701`. Null if none fits.',
    ),
    direction: optional(text).describe('Origin and destination as free text. Use `directions` instead.'),
    directions: list(
      z.strictObject({
        origin: optional(ref('party')).describe('Where the goods come from; null if that is not stated.'),
        destination: optional(ref('party')).describe('Where they go; null if that is not stated.'),
        certainty: DirectionCertainty.describe('How certain it is that they go this way.'),
        note: optional(text).describe('A remark, e.g. on the time; null if there is nothing to say.'),
      }),
    ).describe('Where the goods go from and to; empty if the document does not say.'),
    statement: ref('statement').describe('The statement that names them.'),
    passages: z.array(Passage).min(1).describe('The passages that name them.'),
  })
  .describe('Goods, or labour, whose trade a claim mentions.');
/** Stated figures are F, derived ones D: only a D has a derivation, and its value and bounds must follow from it. */
const FigureRecord = z
  .strictObject({
    id: z
      .string()
      .regex(/^[FD]\d{2,}$/, 'expected F (stated) or D (derived) and at least two digits, e.g. F01')
      .meta({ title: 'Local id, e.g. F01 or D01' })
      .describe(
        'Id of the record, unique within its section and folder: F if the figure is stated, D if it is derived.',
      ),
    measure: TradeMeasure.describe('What the figure measures.'),
    flow: TradeFlow.describe('Which flow, as seen by the reporter.'),
    reporter: optional(ref('actor')).describe('The actor from whose side the flow is seen; null if there is none.'),
    partner: optional(ref('actor')).describe('The other side; null if there is not exactly one.'),
    period: DateSpanSeed.describe('The period covered; for a change or a ratio between two years, both: `2019/2020`.'),
    value: optional(decimal).describe(
      'The value in whole units of `unit`: 42.74 million USD is `"42740000"`. Null if no number is given or can be computed, never 0 for a word.',
    ),
    statedAs: optional(text).describe('The quantity as the document words it; null for a derived figure.'),
    unit: optional(text).describe(
      'ISO 4217 code of a currency, `percent` or `ratio`, to fit the measure; null if no unit applies.',
    ),
    qualifier: Qualifier.describe('How to read the value, and why it may be null.'),
    lowerBound: optional(decimal).describe(
      'Smallest value that rounding and qualifier allow, in `unit`; null if there is none. If `qualifier` is `OVER`, the value; if it is `UNDER`, null or 0.',
    ),
    upperBound: optional(decimal).describe(
      'Largest value that rounding and qualifier allow, in `unit`; null if there is none. If `qualifier` is `UNDER`, the value; if it is `OVER`, null.',
    ),
    commodities: list(ref('commodity')).describe(
      'Goods that the figure covers; empty if it covers all trade or names none.',
    ),
    publishedBy: optional(ref('actor')).describe(
      'Source of the number according to the document; null if it does not say, or for a derived figure.',
    ),
    publishedByIsCertain: z
      .boolean()
      .default(false)
      .describe(
        'Whether the document names `publishedBy` for this very number. Not without `publishedBy`, nor with other candidates.',
      ),
    publisherCandidates: list(ref('actor')).describe(
      'Actors that the number may come from, including `publishedBy`, the likeliest first.',
    ),
    statement: optional(ref('statement')).describe('The statement with the figure; null for a derived figure.'),
    derivation: optional(
      z.strictObject({
        formula: text.describe(
          'Formula with `+ - * /`, brackets and the ids of the inputs, e.g. `F01 / (1 + F02 / 100)`, with the document if it is another one: `memri-sd-10149/F01`. `not computable` if the inputs are not sufficient.',
        ),
        inputs: z.array(ref('figure')).min(1).describe('The figures in the formula.'),
        rounding: optional(Rounding).describe(
          'How the value was rounded; null only if it is not computable. Bounds are rounded outwards.',
        ),
        boundsBasis: optional(text).describe('What the bounds are based on; null if there are none.'),
        caveat: optional(text).describe('How the result must not be read. Default: the note of the figure.'),
      }),
    ).describe('How the value was computed from other figures; null for a stated figure.'),
    note,
    ...sourced,
  })
  .describe('One trade quantity, stated in the document or derived from others.');

/** The sections of each file, in order. */
export const SECTIONS = {
  actors: {
    actors: ActorRecord,
    places: PlaceRecord,
    offices: OfficeRecord,
    kinship: KinshipRecord,
    events: EventRecord,
    additions: AdditionRecord,
    merges: MergeRecord,
  },
  statements: {
    statements: StatementRecord,
    relations: RelationRecord,
    quotations: QuotationRecord,
    works: WorkRecord,
    tensions: TensionRecord,
    cautions: CautionRecord,
    insertions: InsertionRecord,
    numbers: NumberRecord,
  },
  sanctions: {
    regimes: RegimeRecord,
    instruments: InstrumentRecord,
    provisions: ProvisionRecord,
    links: LinkRecord,
    designations: DesignationRecord,
    citations: CitationRecord,
  },
  trade: { figures: FigureRecord, commodities: CommodityRecord },
} as const;

/** Files of which every record is looked up in the folder that its id names. */
const LOCAL_STEMS: ReadonlySet<string> = new Set(['statements', 'trade', 'provenance']);

/** Whether a file may have records with the same id in all folders, by its name without the ending. One with a wrong name may have any. */
export const mayHoldShared = (stem: string): boolean => !LOCAL_STEMS.has(stem);

export { REGISTER };

const ONLY_IN_REGISTER: ReadonlySet<string> = new Set(['merges']);
const ONLY_IN_DOCUMENTS: ReadonlySet<string> = new Set([
  'additions',
  'statements',
  'quotations',
  'works',
  'cautions',
  'insertions',
  'numbers',
  'citations',
  'provenance',
]);

/** Whether a section may stand in a file of the folder. */
export const isSectionOf = (folder: string, section: string): boolean =>
  !(folder === REGISTER ? ONLY_IN_DOCUMENTS : ONLY_IN_REGISTER).has(section);

/** The location of a record, for messages. */
export interface Origin {
  /** Typed id of the folder's document; null in the register. */
  document: string | null;
  /** Relative to the seeds folder. */
  file: string;
  line: number;
}

/** A record after resolution: with typed ids and references, defaults, and the citation of each passage. */
type Resolved<T> = WithCitations<T> & { id: string; origin: Origin };
type ResolvedPassage = z.infer<typeof Passage> & { citation: string };
type WithCitations<T> = T extends { at: [number, number]; digest: string }
  ? { [K in keyof T]: T[K] } & { citation: string }
  : T extends readonly [number, number]
    ? T
    : T extends readonly (infer U)[]
      ? WithCitations<U>[]
      : T extends object
        ? { [K in keyof T]-?: WithCitations<Exclude<T[K], undefined>> }
        : T;
export type PassageSeed = ResolvedPassage;

type Records<S extends keyof typeof SECTIONS> = {
  [K in keyof (typeof SECTIONS)[S]]: (typeof SECTIONS)[S][K] extends z.ZodType
    ? Resolved<z.infer<(typeof SECTIONS)[S][K]>>[]
    : never;
};

/** The records of all folders: those of the register, then in order of folder name and position in the files. */
export type Seeds = { documents: Resolved<z.infer<typeof DocumentRecord>>[] } & Records<'actors'> &
  Records<'statements'> &
  Records<'sanctions'> &
  Records<'trade'>;

/** The enums of the format, by their name in the GraphQL schema. */
export const enums = {
  AttributionStatus,
  Basis,
  CautionKind,
  Confidence,
  DateBasis,
  DirectionCertainty,
  EventKind,
  EventStatus,
  HedgeKind,
  MeasureDirection,
  MeasureKind,
  MentionForm,
  Modality,
  OrganizationType,
  ParagraphRole,
  PolityStatus,
  ProvisionRelation,
  Qualifier,
  QuotationKind,
  Rounding,
  StatementKind,
  StatementRelationType,
  TensionKind,
  TradeFlow,
  TradeMeasure,
  WorkKind,
};
