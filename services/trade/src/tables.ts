import type { DateSpan, SpanLength } from '@dossier/domain';
import { json, sourcedColumns } from '@dossier/store';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export { knownEntity } from '@dossier/subgraph-server/knownEntities';
export { mergedId } from '@dossier/subgraph-server/mergedIds';

export interface Derivation {
  formula: string;
  inputs: string[];
  rounding: string | null;
  boundsBasis: string | null;
  caveat: string | null;
}

/** Origin and destination are actors or places. */
export interface CommodityDirection {
  origin: string | null;
  destination: string | null;
  certainty: string;
  note: string | null;
}

export const tradeFigure = sqliteTable(
  'trade_figure',
  {
    id: text('id').primaryKey(),
    measure: text('measure').notNull(),
    flow: text('flow').notNull(),
    /** The goods of the series that the figure belongs to; empty if it names none. */
    commodity: text('commodity').notNull(),
    frequency: text('frequency').notNull(),
    reporterId: text('reporter_id'),
    partnerId: text('partner_id'),
    period: json<DateSpan>('period').notNull(),
    earliest: text('earliest'),
    latest: text('latest'),
    /** See `spanLength`. */
    spanLength: text('span_length').$type<SpanLength>().notNull(),
    /** Orders figures by their period; see `timeKey`. */
    periodKey: text('period_key').notNull().unique(),
    /** Decimals are stored as text: a float would not be exact. */
    value: text('value'),
    statedAs: text('stated_as'),
    unit: text('unit'),
    qualifier: text('qualifier').notNull(),
    lowerBound: text('lower_bound'),
    upperBound: text('upper_bound'),
    commodityIds: json<string[]>('commodity_ids').notNull(),
    publishedById: text('published_by_id'),
    publishedByIsCertain: integer('published_by_is_certain', { mode: 'boolean' }).notNull(),
    publisherCandidates: json<string[]>('publisher_candidates').notNull(),
    statementId: text('statement_id'),
    derivation: json<Derivation | null>('derivation'),
    note: text('note'),
    ...sourcedColumns(),
  },
  (table) => [
    index('figure_by_reporter').on(table.reporterId, table.id),
    index('figure_by_partner').on(table.partnerId, table.id),
    index('figure_by_measure').on(table.measure, table.id),
    index('figure_by_flow').on(table.flow, table.id),
    index('figure_by_basis').on(table.basis, table.id),
    index('figure_by_qualifier').on(table.qualifier, table.id),
    index('figure_by_statement').on(table.statementId, table.id),
    index('figure_by_period').on(table.spanLength, table.periodKey, table.id, table.earliest, table.latest),
    index('figure_by_series').on(
      table.reporterId,
      table.partnerId,
      table.flow,
      table.measure,
      table.commodity,
      table.unit,
      table.frequency,
      table.periodKey,
    ),
  ],
);

export const commodity = sqliteTable(
  'commodity',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    hsCode: text('hs_code'),
    direction: text('direction'),
    directions: json<CommodityDirection[]>('directions').notNull(),
    statementId: text('statement_id').notNull(),
    citations: json<string[]>('citations').notNull(),
  },
  (table) => [index('commodity_by_statement').on(table.statementId, table.id)],
);

/** Both parties of a figure, so that an actor's figures are one list. */
export const figureParty = sqliteTable(
  'figure_party',
  {
    actorId: text('actor_id').notNull(),
    figureId: text('figure_id')
      .notNull()
      .references(() => tradeFigure.id),
    /** The other party; empty if the figure has none. */
    counterpartId: text('counterpart_id').notNull(),
  },
  (table) => [uniqueIndex('figure_party_figure').on(table.actorId, table.figureId, table.counterpartId)],
);
