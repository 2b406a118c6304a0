import type { BackgroundFact, DateSpan } from '@dossier/domain';
import { json, sourcedColumns } from '@dossier/store';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export { knownEntity } from '@dossier/subgraph-server/knownEntities';
export { mergedId } from '@dossier/subgraph-server/mergedIds';

export const regime = sqliteTable('regime', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  authorityId: text('authority_id'),
  targets: json<string[]>('targets').notNull(),
  note: text('note'),
  background: json<BackgroundFact[]>('background').notNull(),
  ...sourcedColumns(),
});

export const regimeTarget = sqliteTable(
  'regime_target',
  {
    actorId: text('actor_id').notNull(),
    regimeId: text('regime_id')
      .notNull()
      .references(() => regime.id),
  },
  (table) => [primaryKey({ columns: [table.actorId, table.regimeId] })],
);

export const instrument = sqliteTable(
  'instrument',
  {
    id: text('id').primaryKey(),
    symbol: text('symbol').notNull().unique(),
    title: text('title').notNull(),
    regimeId: text('regime_id')
      .notNull()
      .references(() => regime.id),
    adoptedOn: json<DateSpan>('adopted_on').notNull(),
    /** Orders instruments by adoption; see `timeKey`. */
    adoptedKey: text('adopted_key').notNull().unique(),
    note: text('note'),
    ...sourcedColumns(),
  },
  (table) => [index('instrument_by_regime').on(table.regimeId, table.adoptedKey, table.id)],
);

/** Events that an instrument corresponds to. */
export const instrumentEvent = sqliteTable(
  'instrument_event',
  {
    eventId: text('event_id').notNull(),
    adoptedKey: text('adopted_key').notNull(),
    instrumentId: text('instrument_id')
      .notNull()
      .references(() => instrument.id),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.adoptedKey] })],
);

export const provision = sqliteTable(
  'provision',
  {
    id: text('id').primaryKey(),
    regimeId: text('regime_id')
      .notNull()
      .references(() => regime.id),
    instrumentId: text('instrument_id')
      .notNull()
      .references(() => instrument.id),
    paragraph: text('paragraph').notNull(),
    /** Its position among the provisions in the order of the seeds. */
    position: integer('position').notNull(),
    paragraphSource: text('paragraph_source'),
    measure: text('measure').notNull(),
    direction: text('direction').notNull(),
    cap: text('cap'),
    replacedById: text('replaced_by_id'),
    hsChapters: json<string[]>('hs_chapters').notNull(),
    summary: text('summary').notNull(),
    inForceFrom: text('in_force_from').notNull(),
    inForceUntil: text('in_force_until'),
    deadline: text('deadline'),
    ...sourcedColumns(),
  },
  (table) => [
    index('provision_by_regime').on(table.regimeId, table.id),
    index('provision_by_instrument').on(table.instrumentId, table.position),
    index('provision_by_measure').on(table.measure, table.id),
  ],
);

export const provisionLink = sqliteTable(
  'provision_link',
  {
    id: text('id').primaryKey(),
    statementId: text('statement_id').notNull(),
    regimeId: text('regime_id')
      .notNull()
      .references(() => regime.id),
    provisionId: text('provision_id').references(() => provision.id),
    relation: text('relation').notNull(),
    confidence: text('confidence').notNull(),
    rationale: text('rationale').notNull(),
    ...sourcedColumns(),
  },
  (table) => [
    index('link_by_statement').on(table.statementId, table.id),
    index('link_by_regime').on(table.regimeId, table.id),
    // Links to a regime only, which are few, have no provision.
    index('link_by_regime_provision').on(table.regimeId, table.provisionId, table.id),
    index('link_by_provision').on(table.provisionId, table.id),
    index('link_by_relation').on(table.relation, table.id),
    index('link_by_confidence').on(table.confidence, table.id),
  ],
);

export const designation = sqliteTable(
  'designation',
  {
    id: text('id').primaryKey(),
    actorId: text('actor_id').notNull(),
    regimeId: text('regime_id')
      .notNull()
      .references(() => regime.id),
    instrumentId: text('instrument_id').references(() => instrument.id),
    listed: json<DateSpan>('listed').notNull(),
    delisted: json<DateSpan | null>('delisted'),
    /** The first day that `listed` can denote; `0001-01-01` if its start is open. */
    listedOn: text('listed_on').notNull(),
    /** The last day that `delisted` can denote; null without a delisting, or if its end is open. */
    delistedOn: text('delisted_on'),
    measures: json<string[]>('measures').notNull(),
    ...sourcedColumns(),
  },
  (table) => [
    index('designation_by_actor').on(table.actorId, table.id),
    index('designation_by_regime').on(table.regimeId, table.id),
  ],
);
