import { z } from 'zod';
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
    .transform((local): string => new Ref(kind, local) as unknown as string);

const text = z.string().trim().min(1);
/** A name is printed, searched and compared in one line. */
const line = text.regex(/^[^\n\r\f\v\u0085\u2028\u2029]*$/, 'expected one line');
const localId = (letter: string) =>
  z.string().regex(new RegExp(`^${letter}\\d{2,}$`), `expected ${letter} and at least two digits, e.g. ${letter}01`);
const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case words joined by hyphens, e.g. kim-jong-un');
/** Names of folders that are not documents. */
const RESERVED = new Set(['background', 'register']);
export const isDocumentId = (id: string): boolean => slug.safeParse(id).success && !RESERVED.has(id);
const list = <T extends z.ZodType>(item: T) => z.array(item).default([]);
const optional = <T extends z.ZodType>(item: T) => item.nullable().default(null);

/** An exact decimal in quotes. It is validated by `checks/decimals`. */
const decimal = z.string();
/** A calendar day, `YYYY-MM-DD`. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a calendar day, YYYY-MM-DD');

/** An http or https URL that readers may follow. */
const webUrl = z
  .string()
  .trim()
  .superRefine((url, context) => {
    const message = webUrlProblem(url);
    if (message) context.addIssue({ code: 'custom', message });
  });

/** A BCP 47 language tag of registered subtags. */
const languageTag = z.string().superRefine((tag, context) => {
  const message = languageTagProblem(tag);
  if (message) context.addIssue({ code: 'custom', message });
});

/** A chapter of the Harmonized System: 01 to 97 without 77, which is reserved, and 98 and 99 of national schedules. */
const HS_CHAPTER = '(?!00|77)\\d\\d';

const DateBasis = z.enum(['STATED', 'INFERRED', 'BACKGROUND', 'UNKNOWN']);
const ParagraphRole = z.enum(['TITLE', 'DATELINE', 'FRAMING', 'BODY', 'CAPTION', 'FOOTNOTE', 'BOILERPLATE']);
const PolityStatus = z.enum(['SOVEREIGN_STATE', 'BREAKAWAY_ENTITY', 'HISTORICAL_STATE']);
const OrganizationType = z.enum([
  'INTERNATIONAL_ORGANIZATION',
  'GOVERNMENT_BODY',
  'RESEARCH_INSTITUTE',
  'MILITARY_UNIT',
  'OTHER',
]);
const EventStatus = z.enum(['OCCURRED', 'PLANNED', 'ALLEGED']);
const QuotationKind = z.enum(['DIRECT', 'PARTIAL', 'SCARE', 'TITLE', 'IMPUTED']);
const WorkKind = z.enum([
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
]);
const TensionKind = z.enum([
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
]);
const CautionKind = z.enum(['NAMING', 'MISPRINT']);
const MeasureDirection = z.enum(['FROM_TARGET', 'TO_TARGET', 'BOTH']);
const ProvisionRelation = z.enum([
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
]);
const Confidence = z.enum(['HIGH', 'MEDIUM', 'LOW']);
const TradeFlow = z.enum(['TURNOVER', 'EXPORT', 'IMPORT']);
const Rounding = z.enum(['HALF_EVEN', 'DOWN']);
const Basis = z.enum(['DOCUMENT', 'BACKGROUND', 'DERIVED', 'ANALYST']);

/** Code points, half-open, and the first 16 hex digits of the passage's SHA-256. */
const Passage = z.strictObject({
  at: z.tuple([z.number().int().nonnegative(), z.number().int().positive()]),
  digest: z.string().regex(/^[0-9a-f]{16}$/, 'expected the first 16 hex digits of the SHA-256 of the passage'),
});

const Reference = z.strictObject({ title: text, locator: optional(text), url: optional(webUrl) });
const BackgroundFact = z.strictObject({ fact: text, references: z.array(Reference).min(1) });
const DateSpanSeed = z.strictObject({
  edtf: z.string(),
  basis: DateBasis,
  note: optional(text),
});

/** The sources of a fact. `basis` defaults to DOCUMENT in the folder of a document and to BACKGROUND in the register. */
const sourced = {
  basis: Basis.optional(),
  passages: list(Passage),
  references: list(Reference),
};

// ── document.yaml ────────────────────────────────────────────────────────────────────────────────────────────────
export const DocumentRecord = z.strictObject({
  id: slug,
  title: text,
  publisher: optional(ref('actor')),
  publishedOn: DateSpanSeed,
  series: optional(text),
  number: optional(text),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits'),
  length: z.number().int().positive(),
  byteLength: z.number().int().positive(),
  /** [position, bytes] of every code point that takes more than one byte in UTF-8: what byte offsets are counted from. */
  multibyte: list(z.tuple([z.number().int().nonnegative(), z.number().int().min(2).max(4)])),
  reproduces: optional(ref('work')),
  paragraphs: z
    .array(
      z.strictObject({
        number: z.number().int().positive(),
        role: ParagraphRole,
        voice: optional(ref('actor')),
        at: Passage.shape.at,
        digest: Passage.shape.digest,
      }),
    )
    .min(1),
});

// ── actors.yaml ──────────────────────────────────────────────────────────────────────────────────────────────────
const MentionForm = z.enum([
  'NAME',
  'PARTIAL_NAME',
  'ABBREVIATION',
  'ADJECTIVE',
  'METONYM',
  'DESCRIPTION',
  'PRONOUN',
  'IMPLIED',
]);
const mention = { form: MentionForm, at: Passage.shape.at, digest: Passage.shape.digest };
const Alias = z.strictObject({
  text: line,
  lang: optional(languageTag),
  inDocument: z.boolean().default(false),
  caution: optional(text),
  /** Defaults to that of the record, and so do the references. */
  basis: Basis.optional(),
  references: list(Reference),
});
/** The ids of registers that have a page per entry: they become part of its URL. */
const REGISTER_IDS: ReadonlyMap<string, { pattern: RegExp; example: string }> = new Map([
  ['wikidata', { pattern: /^[LPQ][1-9]\d*$/, example: 'Q159' }],
]);
const Identifier = z
  .strictObject({
    // Services look the scheme up among the registers that they know, and every object has a property of such a name.
    scheme: slug.refine((scheme) => !(scheme in Object.prototype), 'expected the name of a register, e.g. wikidata'),
    value: text,
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
  });
const Affiliation = z.strictObject({
  to: ref('actor'),
  basis: Basis.optional(),
  note: optional(text),
  references: list(Reference),
});
const named = {
  id: slug,
  name: line,
  description: optional(text),
  note: optional(text),
  aliases: list(Alias),
  identifiers: list(Identifier),
  affiliations: list(Affiliation),
  /** Where the folder's document mentions it, in order of the text. */
  mentions: list(z.strictObject(mention)),
  basis: Basis.optional(),
  references: list(Reference),
};
const ActorRecord = z.discriminatedUnion('kind', [
  z.strictObject({ ...named, kind: z.literal('PERSON') }),
  z.strictObject({ ...named, kind: z.literal('POLITY'), status: PolityStatus }),
  z.strictObject({ ...named, kind: z.literal('ORGANIZATION'), type: OrganizationType }),
  z.strictObject({ ...named, kind: z.literal('MEDIA_OUTLET') }),
  z.strictObject({ ...named, kind: z.literal('GROUP') }),
]);
const PlaceRecord = z.strictObject({ ...named, within: optional(ref('place')) });
/** What a document says of an actor or a place that is recorded in another folder, usually in the register. */
const AdditionRecord = z.strictObject({
  of: ref('party'),
  /** Stands in for the description of the record if it has none; that of the first folder that gives one. */
  description: optional(text),
  aliases: list(Alias),
  identifiers: list(Identifier),
  affiliations: list(Affiliation),
  /** Where the folder's document mentions it, in order of the text. */
  mentions: list(z.strictObject(mention)),
  /** Appended to the note of the record. */
  note: optional(text),
});
/** Two ids of one actor or place. The id that is given up remains valid: it leads to the record with the other id. */
const MergeRecord = z.strictObject({ id: slug, sameAs: ref('party'), reason: text });
const OfficeRecord = z.strictObject({
  id: localId('O'),
  holder: ref('actor'),
  title: text,
  organization: optional(ref('actor')),
  host: optional(ref('actor')),
  asOf: optional(DateSpanSeed),
  note: optional(text),
  ...sourced,
});
/** `relative` is the `relation` of `person`; seen from the other end, `person` is the `inverse` of `relative`. */
const KinshipRecord = z.strictObject({
  id: localId('K'),
  person: ref('actor'),
  relative: ref('actor'),
  relation: text,
  inverse: text,
  ...sourced,
});
const EventKind = z.enum([
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
]);
const EventRecord = z.strictObject({
  id: localId('E'),
  label: text,
  kind: EventKind,
  status: EventStatus,
  date: DateSpanSeed,
  place: optional(ref('place')),
  participants: list(z.strictObject({ actor: ref('actor'), role: text })),
  /** Statements that report it or bear on it, the most informative first. */
  statements: list(ref('statement')),
  /** Instruments that it corresponds to, known from outside the document. */
  instruments: list(ref('instrument')),
  note: optional(text),
  background: list(BackgroundFact),
  ...sourced,
});

// ── statements.yaml ──────────────────────────────────────────────────────────────────────────────────────────────
const StatementKind = z.enum([
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
]);
const Modality = z.enum([
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
]);
const AttributionStatus = z.enum(['EXPLICIT', 'IMPLICIT', 'INHERITED_UNCERTAIN', 'IMPUTED', 'MISSING']);
const HedgeKind = z.enum([
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
]);
const StatementRecord = z.strictObject({
  id: localId('S'),
  summary: text,
  kind: StatementKind,
  modality: Modality,
  attribution: z.strictObject({
    status: AttributionStatus,
    speakers: list(ref('actor')),
    /** All actors who may have said it; defaults to the speakers. */
    candidates: z.array(ref('actor')).optional(),
    imputedTo: optional(ref('actor')),
    imputedBy: optional(ref('actor')),
    /** Nearest the speaker first; neither the speaker nor `imputedBy` begins it. A hop whose carrier's name is lost has null. */
    relayChain: list(
      z.strictObject({
        carrier: optional(ref('actor')),
        medium: optional(text),
        work: optional(ref('work')),
        relayedOn: optional(DateSpanSeed),
      }),
    ),
  }),
  saidOn: DateSpanSeed,
  addressees: list(ref('actor')),
  venue: optional(text),
  topics: list(slug),
  hedges: list(z.strictObject({ kind: HedgeKind, at: Passage.shape.at, digest: Passage.shape.digest })),
  /** Also the note of the attribution if that is INHERITED_UNCERTAIN, IMPUTED or MISSING. */
  note: optional(text),
  ...sourced,
});
const StatementRelationType = z.enum([
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
]);
/** Symmetric types: recorded once, with the lower id first. */
export const SYMMETRIC_RELATIONS: ReadonlySet<string> = new Set([
  'CORROBORATES',
  'CONTRADICTS',
  'CONTRASTS_WITH',
  'COMPETES_WITH',
  'ALTERNATIVE_TO',
  'PARALLELS',
]);
const RelationRecord = z.strictObject({
  id: localId('R'),
  type: StatementRelationType,
  from: ref('statement'),
  to: ref('statement'),
  basis: Basis.default('ANALYST'),
  rationale: optional(text),
});
const QuotationRecord = z.strictObject({
  id: localId('Q'),
  kind: QuotationKind,
  speaker: optional(ref('actor')),
  speakerIsCertain: z.boolean(),
  level: z.number().int().positive(),
  statements: list(ref('statement')),
  isTranslated: z.boolean(),
  translationBasis: Basis,
  /** The same words with their marks. */
  marked: optional(Passage),
  note: optional(text),
  ...sourced,
});
const WorkRecord = z.strictObject({
  id: localId('W'),
  kind: WorkKind,
  description: text,
  maker: optional(ref('actor')),
  date: optional(DateSpanSeed),
  ...sourced,
});
/** Cites the passages of its statements. */
const TensionRecord = z.strictObject({
  id: localId('T'),
  kind: TensionKind,
  statements: z.array(ref('statement')).min(2),
  explanation: text,
  basis: Basis.default('ANALYST'),
  references: list(Reference),
});
const CautionRecord = z.strictObject({
  id: z.string().regex(/^[XM]\d{2,}$/, 'expected X (naming) or M (misprint) and at least two digits, e.g. X01'),
  kind: CautionKind,
  explanation: text,
  basis: Basis.default('ANALYST'),
  passages: z.array(Passage).min(1),
  references: list(Reference),
});
const InsertionRecord = z.strictObject({ id: localId('B'), at: Passage.shape.at, digest: Passage.shape.digest });
const NumberRecord = z.strictObject({
  id: localId('N'),
  label: text,
  value: optional(z.string()),
  note: optional(text),
  statement: optional(ref('statement')),
  at: Passage.shape.at,
  digest: Passage.shape.digest,
});

// ── sanctions.yaml ───────────────────────────────────────────────────────────────────────────────────────────────
const RegimeRecord = z.strictObject({
  id: slug,
  name: text,
  authority: optional(ref('actor')),
  targets: list(ref('actor')),
  note: optional(text),
  background: list(BackgroundFact),
  ...sourced,
});
const InstrumentRecord = z.strictObject({
  id: slug,
  symbol: text,
  title: text,
  regime: ref('regime'),
  adoptedOn: DateSpanSeed,
  note: optional(text),
  ...sourced,
});
const MeasureKind = z.enum([
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
]);
/** Its id is `<instrument>/<paragraph>`. */
const ProvisionRecord = z.strictObject({
  instrument: ref('instrument'),
  paragraph: z.string().regex(/^[0-9A-Za-z().]+$/, 'expected the number of a paragraph in quotes, e.g. "8"'),
  paragraphSource: optional(text),
  measure: MeasureKind,
  direction: MeasureDirection,
  summary: text,
  cap: optional(text),
  replacedBy: optional(ref('provision')),
  hsChapters: list(
    z.string().regex(new RegExp(`^${HS_CHAPTER}$`), 'expected a chapter of the Harmonized System in two digits'),
  ),
  inForceFrom: day,
  inForceUntil: optional(day),
  deadline: optional(day),
  ...sourced,
});
/** What a document says of a regime, instrument or provision of the register. Exactly one of the three is given. */
const CitationRecord = z.strictObject({
  regime: optional(ref('regime')),
  instrument: optional(ref('instrument')),
  provision: optional(ref('provision')),
  /** Appended to the note of the regime or instrument. */
  note: optional(text),
  /** Appended to the background of the regime. */
  background: list(BackgroundFact),
  passages: z.array(Passage).min(1),
});
/** `regime` must be omitted if there is a provision, which determines it. */
const LinkRecord = z.strictObject({
  id: localId('L'),
  statement: ref('statement'),
  provision: optional(ref('provision')),
  regime: optional(ref('regime')),
  relation: ProvisionRelation,
  confidence: Confidence,
  rationale: text,
  basis: Basis,
});
/** A date in EDTF, alone or with its basis and a note. The basis defaults to STATED, or to BACKGROUND in a record of that basis. */
const listingDate = z.preprocess(
  (value) => (typeof value === 'string' ? { edtf: value } : value),
  z.strictObject({ edtf: z.string(), basis: DateBasis.optional(), note: optional(text) }),
);
/** Its id is `<regime>/<actor>`; that of a further listing of the same actor also has its date. */
const DesignationRecord = z.strictObject({
  actor: ref('actor'),
  regime: ref('regime'),
  instrument: optional(ref('instrument')),
  /** Omitted if the start is not known at all. */
  listedOn: optional(listingDate).transform(
    (date): z.infer<typeof listingDate> => date ?? { edtf: '../..', basis: 'UNKNOWN', note: null },
  ),
  delistedOn: optional(listingDate),
  measures: z.array(MeasureKind).min(1),
  ...sourced,
});

// ── trade.yaml ───────────────────────────────────────────────────────────────────────────────────────────────────
const TradeMeasure = z.enum(['TRADE_VALUE', 'PERCENT_CHANGE', 'ABSOLUTE_CHANGE', 'RATIO', 'TREND', 'PRICE_RELATION']);
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
const Qualifier = z.enum(['EXACT', 'OVER', 'UNDER', 'APPROXIMATELY', ...QUALIFIERS_WITHOUT_VALUE]);
const DirectionCertainty = z.enum(['REPORTED', 'PLANNED', 'POSSIBLE']);
const CommodityRecord = z.strictObject({
  id: localId('C'),
  name: text,
  /** Optionally with the edition of the system, e.g. `HS2017 2701`. */
  hsCode: optional(
    z
      .string()
      .regex(
        new RegExp(`^(HS(19|20)\\d\\d )?${HS_CHAPTER}(\\.?\\d\\d){0,4}$`),
        'expected a code of the Harmonized System in 2, 4, 6, 8 or 10 digits, e.g. 2510 or 2510.10',
      ),
  ),
  /** Free text, which `directions` replaces. */
  direction: optional(text),
  directions: list(
    z.strictObject({
      origin: optional(ref('party')),
      destination: optional(ref('party')),
      certainty: DirectionCertainty,
      note: optional(text),
    }),
  ),
  statement: ref('statement'),
  passages: z.array(Passage).min(1),
});
/** Stated figures are F, derived ones D: only a D has a derivation, and its value and bounds must follow from it. */
const FigureRecord = z.strictObject({
  id: z.string().regex(/^[FD]\d{2,}$/, 'expected F (stated) or D (derived) and at least two digits, e.g. F01'),
  measure: TradeMeasure,
  flow: TradeFlow,
  reporter: optional(ref('actor')),
  partner: optional(ref('actor')),
  period: DateSpanSeed,
  value: optional(decimal),
  statedAs: optional(text),
  unit: optional(text),
  qualifier: Qualifier,
  lowerBound: optional(decimal),
  upperBound: optional(decimal),
  commodities: list(ref('commodity')),
  publishedBy: optional(ref('actor')),
  publishedByIsCertain: z.boolean().default(false),
  publisherCandidates: list(ref('actor')),
  statement: optional(ref('statement')),
  derivation: optional(
    z.strictObject({
      formula: text,
      inputs: z.array(ref('figure')).min(1),
      rounding: optional(Rounding),
      boundsBasis: optional(text),
      caveat: optional(text),
    }),
  ),
  note: optional(text),
  ...sourced,
});

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

/** The folder of records that belong to no document. */
export const REGISTER = 'register';

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
