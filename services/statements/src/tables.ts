import type { DateSpan, SpanLength } from '@dossier/domain';
import { type IdInKey, json, sourcedColumns } from '@dossier/store';
import {
  type AnySQLiteColumn,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';

export { knownEntity } from '@dossier/subgraph-server/knownEntities';
export { mergedId } from '@dossier/subgraph-server/mergedIds';

export interface RelayHop {
  position: number;
  carrier: string | null;
  medium: string | null;
  work: string | null;
  relayedOn: DateSpan | null;
}

export interface Attribution {
  status: string;
  speakers: string[];
  candidates: string[];
  imputedTo: string | null;
  imputedBy: string | null;
  relayChain: RelayHop[];
  note: string | null;
}

/** A passage that a record cites, in code points, with its digest. */
export type CitedPassage = [start: number, end: number, digest: string];

export interface Hedge {
  kind: string;
  citation: string;
}

export const document = sqliteTable('document', {
  id: text('id').primaryKey(),
  title: text('title').notNull(),
  publisherId: text('publisher_id'),
  publishedOn: json<DateSpan>('published_on').notNull(),
  sha256: text('sha256').notNull(),
  series: text('series'),
  number: text('number'),
  length: integer('length').notNull(),
  byteLength: integer('byte_length').notNull(),
  /** [position, bytes] of each code point that takes more than one byte. */
  multibyte: json<[number, number][]>('multibyte').notNull(),
  reproducesId: text('reproduces_id').references((): AnySQLiteColumn => work.id),
  insertions: json<string[]>('insertions').notNull(),
});

const ofDocument = () =>
  text('document_id')
    .notNull()
    .references(() => document.id);

/**
 * The passages of a document that any record cites, in order of the text. One row for each document: they are read together, when a
 * text is mounted.
 */
export const citedPassages = sqliteTable('cited_passages', {
  documentId: ofDocument().primaryKey(),
  passages: json<CitedPassage[]>('passages').notNull(),
});

export const paragraph = sqliteTable(
  'paragraph',
  {
    id: text('id').primaryKey(),
    documentId: ofDocument(),
    number: integer('number').notNull(),
    /** Orders paragraphs as they occur in their documents. */
    textKey: text('text_key').notNull().unique(),
    role: text('role').notNull(),
    voiceId: text('voice_id'),
    citation: text('citation').notNull(),
    start: integer('start').notNull(),
    end: integer('end').notNull(),
  },
  (table) => [index('paragraph_by_document').on(table.documentId, table.number)],
);

export const statement = sqliteTable(
  'statement',
  {
    id: text('id').primaryKey(),
    documentId: ofDocument(),
    /** Orders statements as they occur in their documents. */
    textKey: text('text_key').notNull().unique(),
    /** Orders statements by when they were made; see `timeKey`. */
    saidKey: text('said_key').notNull().unique(),
    summary: text('summary').notNull(),
    kind: text('kind').notNull(),
    modality: text('modality').notNull(),
    status: text('status').notNull(),
    attribution: json<Attribution>('attribution').notNull(),
    voiceId: text('voice_id'),
    saidOn: json<DateSpan>('said_on').notNull(),
    earliest: text('earliest'),
    latest: text('latest'),
    /** See `spanLength`. */
    spanLength: text('span_length').$type<SpanLength>().notNull(),
    addressees: json<string[]>('addressees').notNull(),
    venue: text('venue'),
    subjects: json<string[]>('subjects').notNull(),
    topics: json<string[]>('topics').notNull(),
    hedges: json<Hedge[]>('hedges').notNull(),
    note: text('note'),
    ...sourcedColumns(),
  },
  (table) => [
    index('statement_by_document').on(table.documentId, table.textKey, table.id),
    index('statement_by_document_said').on(table.documentId, table.saidKey, table.id),
    index('statement_by_status').on(table.status, table.textKey, table.id),
    index('statement_by_status_said').on(table.status, table.saidKey, table.id),
    index('statement_by_modality').on(table.modality, table.textKey, table.id),
    index('statement_by_modality_said').on(table.modality, table.saidKey, table.id),
    index('statement_by_kind').on(table.kind, table.textKey, table.id),
    index('statement_by_kind_said').on(table.kind, table.saidKey, table.id),
    index('statement_by_period').on(table.spanLength, table.saidKey, table.id, table.earliest, table.latest),
  ],
);

const ofStatement = () =>
  text('statement_id')
    .notNull()
    .references(() => statement.id);

/** Copied from the statement, so that an index has the statements that a row leads to in their order. */
const keysOfStatement = () => ({
  textKey: text('text_key').notNull(),
  saidKey: text('said_key').notNull(),
  statementId: ofStatement(),
});

/** Row ids in the index of passages are those of their statements times this, plus the position among the statement's passages. */
export const PASSAGES_PER_STATEMENT = 4096;

/**
 * The actors of a statement, one row per role, in order of the text. There are several for each statement, so a row has nothing but
 * its key, which ends in the statement's id, and the table is its own index (WITHOUT ROWID).
 */
export const statementPartyText = sqliteTable(
  'statement_party_text',
  {
    actorId: text('actor_id').notNull(),
    role: text('role').notNull(),
    textKey: text('text_key')
      .notNull()
      .references(() => statement.textKey),
  },
  (table) => [primaryKey({ columns: [table.actorId, table.role, table.textKey] })],
);

/** The same in order of time. */
export const statementPartySaid = sqliteTable(
  'statement_party_said',
  {
    actorId: text('actor_id').notNull(),
    role: text('role').notNull(),
    saidKey: text('said_key')
      .notNull()
      .references(() => statement.saidKey),
  },
  (table) => [primaryKey({ columns: [table.actorId, table.role, table.saidKey] })],
);

/** The statements of parties, whose tables have nothing but their keys. */
export const statementIdInTextKey: IdInKey = { key: statementPartyText.textKey, type: 'statement' };
export const statementIdInSaidKey: IdInKey = { key: statementPartySaid.saidKey, type: 'statement' };

export const statementTopic = sqliteTable(
  'statement_topic',
  { topic: text('topic').notNull(), ...keysOfStatement() },
  (table) => [
    uniqueIndex('statement_topic_text').on(table.topic, table.textKey, table.statementId),
    index('statement_topic_said').on(table.topic, table.saidKey, table.statementId),
  ],
);

/** What filters find a statement by that is recorded elsewhere: relations to other statements, and links to provisions. */
export const statementTag = sqliteTable(
  'statement_tag',
  { tag: text('tag').notNull(), ...keysOfStatement() },
  (table) => [
    primaryKey({ columns: [table.tag, table.textKey, table.statementId] }),
    index('statement_tag_said').on(table.tag, table.saidKey, table.statementId),
    index('tag_of_statement').on(table.statementId, table.tag),
  ],
);

/** The beginnings of the tags that a facet counts. */
export const TAGS = { statementRelation: 'relation ', provisionRelation: 'link ', confidence: 'confidence ' } as const;

/** The tag of a statement with a relation of this type, in either direction. */
export const relationTag = (type: string): string => TAGS.statementRelation + type;

/** Begins the tags of links by relation and confidence. */
export const LINKED = 'linked ';

/** The tag of a statement that a link with this relation, this confidence, or both relates to a provision or a regime. */
export const linkTag = (relation: string | null, confidence: string | null): string => {
  if (relation === null) return TAGS.confidence + confidence;
  return confidence === null ? TAGS.provisionRelation + relation : `${LINKED}${relation} ${confidence}`;
};

/** The paragraphs that contain a statement's passages. */
export const paragraphStatement = sqliteTable(
  'paragraph_statement',
  {
    paragraphId: text('paragraph_id')
      .notNull()
      .references(() => paragraph.id),
    textKey: text('text_key').notNull(),
    statementId: ofStatement(),
  },
  (table) => [primaryKey({ columns: [table.paragraphId, table.textKey] })],
);

/** Each relation is two rows, one from each statement. */
export const statementRelation = sqliteTable(
  'statement_relation',
  {
    statementId: ofStatement(),
    id: text('id').notNull(),
    type: text('type').notNull(),
    direction: text('direction').notNull(),
    otherId: text('other_id')
      .notNull()
      .references(() => statement.id),
    rationale: text('rationale'),
    basis: text('basis').notNull(),
  },
  (table) => [primaryKey({ columns: [table.statementId, table.otherId, table.type, table.direction] })],
);

export const quotation = sqliteTable(
  'quotation',
  {
    id: text('id').primaryKey(),
    documentId: ofDocument(),
    textKey: text('text_key').notNull().unique(),
    kind: text('kind').notNull(),
    speakerId: text('speaker_id'),
    speakerIsCertain: integer('speaker_is_certain', { mode: 'boolean' }).notNull(),
    level: integer('level').notNull(),
    insertions: json<string[]>('insertions').notNull(),
    isTranslated: integer('is_translated', { mode: 'boolean' }).notNull(),
    translationBasis: text('translation_basis').notNull(),
    citation: text('citation').notNull(),
    markedCitation: text('marked_citation'),
    note: text('note'),
    ...sourcedColumns(),
  },
  (table) => [
    index('quotation_by_document').on(table.documentId, table.textKey, table.id),
    index('quotation_by_speaker').on(table.speakerId, table.textKey, table.id),
    index('quotation_by_kind').on(table.kind, table.textKey, table.id),
  ],
);

export const quotationStatement = sqliteTable(
  'quotation_statement',
  {
    statementId: ofStatement(),
    quotationKey: text('quotation_key').notNull(),
    quotationId: text('quotation_id')
      .notNull()
      .references(() => quotation.id),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.statementId, table.quotationKey] }),
    index('statement_of_quotation').on(table.quotationId, table.position),
  ],
);

export const work = sqliteTable(
  'work',
  {
    id: text('id').primaryKey(),
    documentId: ofDocument(),
    kind: text('kind').notNull(),
    description: text('description').notNull(),
    makerId: text('maker_id'),
    date: json<DateSpan | null>('date'),
    ...sourcedColumns(),
  },
  (table) => [index('work_by_document').on(table.documentId, table.id)],
);

export const tension = sqliteTable('tension', {
  id: text('id').primaryKey(),
  kind: text('kind').notNull(),
  explanation: text('explanation').notNull(),
  ...sourcedColumns(),
});

/** The documents whose statements a tension joins. */
export const tensionDocument = sqliteTable(
  'tension_document',
  {
    documentId: ofDocument(),
    tensionId: text('tension_id')
      .notNull()
      .references(() => tension.id),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.tensionId] }),
    index('document_of_tension').on(table.tensionId, table.documentId),
  ],
);

export const tensionStatement = sqliteTable(
  'tension_statement',
  {
    statementId: ofStatement(),
    tensionId: text('tension_id')
      .notNull()
      .references(() => tension.id),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.statementId, table.tensionId] }),
    index('statement_of_tension').on(table.tensionId, table.position),
  ],
);

export const caution = sqliteTable(
  'caution',
  {
    id: text('id').primaryKey(),
    documentId: ofDocument(),
    kind: text('kind').notNull(),
    explanation: text('explanation').notNull(),
    ...sourcedColumns(),
  },
  (table) => [index('caution_by_document').on(table.documentId, table.id)],
);

export const statedNumber = sqliteTable(
  'stated_number',
  {
    id: text('id').primaryKey(),
    documentId: ofDocument(),
    textKey: text('text_key').notNull().unique(),
    label: text('label').notNull(),
    value: text('value'),
    note: text('note'),
    statementId: text('statement_id').references(() => statement.id),
    citation: text('citation').notNull(),
  },
  (table) => [
    index('number_by_document').on(table.documentId, table.textKey),
    index('number_by_statement').on(table.statementId, table.textKey),
  ],
);

/** Passages that name or refer to an actor or a place. The key orders them as in the text. */
export const mention = sqliteTable(
  'mention',
  {
    key: text('key').primaryKey(),
    documentId: ofDocument(),
    paragraphId: text('paragraph_id')
      .notNull()
      .references(() => paragraph.id),
    /** An actor or a place. */
    partyId: text('party_id').notNull(),
    form: text('form').notNull(),
    citation: text('citation').notNull(),
  },
  (table) => [
    index('mention_by_party').on(table.partyId, table.key),
    index('mention_by_paragraph').on(table.paragraphId, table.key),
  ],
);

export const eventStatement = sqliteTable(
  'event_statement',
  { eventId: text('event_id').notNull(), position: integer('position').notNull(), statementId: ofStatement() },
  (table) => [
    primaryKey({ columns: [table.eventId, table.position] }),
    index('event_of_statement').on(table.statementId, table.eventId),
  ],
);
