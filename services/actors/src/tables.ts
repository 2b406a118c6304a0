import type { BackgroundFact, DateSpan, Reference, SpanLength } from '@dossier/domain';
import { json, sourcedColumns } from '@dossier/store';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export { mergedId } from '@dossier/subgraph-server/mergedIds';

export interface Alias {
  text: string;
  lang: string | null;
  inDocument: boolean;
  caution: string | null;
  basis: string;
  references: Reference[];
}
export interface Identifier {
  scheme: string;
  value: string;
  url: string | null;
}
export interface Affiliation {
  to: string;
  basis: string;
  note: string | null;
  references: Reference[];
}
export interface Participation {
  actor: string;
  role: string;
}

const namedColumns = () => ({
  name: text('name').notNull(),
  description: text('description'),
  note: text('note'),
  aliases: json<Alias[]>('aliases').notNull(),
  identifiers: json<Identifier[]>('identifiers').notNull(),
  affiliations: json<Affiliation[]>('affiliations').notNull(),
});

export const actor = sqliteTable(
  'actor',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    /** Null unless it is a polity. */
    status: text('status'),
    /** Null unless it is an organization. */
    type: text('type'),
    ...namedColumns(),
    ...sourcedColumns(),
  },
  (table) => [index('actor_by_kind').on(table.kind, table.id), index('actor_by_basis').on(table.basis, table.id)],
);

export const actorAffiliation = sqliteTable(
  'actor_affiliation',
  {
    toId: text('to_id')
      .notNull()
      .references(() => actor.id),
    actorId: text('actor_id')
      .notNull()
      .references(() => actor.id),
  },
  (table) => [primaryKey({ columns: [table.toId, table.actorId] })],
);

/** Several actors may share an identifier. */
export const actorIdentifier = sqliteTable(
  'actor_identifier',
  {
    scheme: text('scheme').notNull(),
    value: text('value').notNull(),
    actorId: text('actor_id')
      .notNull()
      .references(() => actor.id),
  },
  (table) => [primaryKey({ columns: [table.scheme, table.value, table.actorId] })],
);

export const place = sqliteTable('place', {
  id: text('id').primaryKey(),
  withinId: text('within_id'),
  ...namedColumns(),
  ...sourcedColumns(),
});

/** Each place with every place that contains it, at any depth. */
export const placeWithin = sqliteTable(
  'place_within',
  {
    aroundId: text('around_id')
      .notNull()
      .references(() => place.id),
    placeId: text('place_id')
      .notNull()
      .references(() => place.id),
  },
  (table) => [primaryKey({ columns: [table.aroundId, table.placeId] })],
);

export const office = sqliteTable(
  'office',
  {
    id: text('id').primaryKey(),
    holderId: text('holder_id')
      .notNull()
      .references(() => actor.id),
    title: text('title').notNull(),
    organizationId: text('organization_id').references(() => actor.id),
    hostId: text('host_id').references(() => actor.id),
    asOf: json<DateSpan | null>('as_of'),
    note: text('note'),
    ...sourcedColumns(),
  },
  (table) => [
    index('office_by_holder').on(table.holderId, table.id),
    index('office_by_organization').on(table.organizationId, table.id),
  ],
);

/** Each record is two rows, one from each side. Several documents may state the same tie. */
export const kinship = sqliteTable(
  'kinship',
  {
    subjectId: text('subject_id')
      .notNull()
      .references(() => actor.id),
    personId: text('person_id')
      .notNull()
      .references(() => actor.id),
    relation: text('relation').notNull(),
    recordId: text('record_id').notNull(),
    ...sourcedColumns(),
  },
  (table) => [primaryKey({ columns: [table.subjectId, table.personId, table.recordId] })],
);

export const event = sqliteTable(
  'event',
  {
    id: text('id').primaryKey(),
    label: text('label').notNull(),
    kind: text('kind').notNull(),
    status: text('status').notNull(),
    date: json<DateSpan>('date').notNull(),
    earliest: text('earliest'),
    latest: text('latest'),
    /** See `spanLength`. */
    spanLength: text('span_length').$type<SpanLength>().notNull(),
    /** Orders events by time; see `timeKey`. */
    timeKey: text('time_key').notNull().unique(),
    placeId: text('place_id').references(() => place.id),
    participants: json<Participation[]>('participants').notNull(),
    note: text('note'),
    background: json<BackgroundFact[]>('background').notNull(),
    ...sourcedColumns(),
  },
  (table) => [
    index('event_by_kind').on(table.kind, table.timeKey, table.id),
    index('event_by_status').on(table.status, table.timeKey, table.id),
    index('event_by_place').on(table.placeId, table.timeKey, table.id),
    index('event_by_period').on(table.spanLength, table.timeKey, table.id, table.earliest, table.latest),
  ],
);

export const eventParticipant = sqliteTable(
  'event_participant',
  {
    actorId: text('actor_id')
      .notNull()
      .references(() => actor.id),
    /** Copied from the event, so that an index has an actor's events in order of time. */
    timeKey: text('time_key').notNull(),
    eventId: text('event_id')
      .notNull()
      .references(() => event.id),
  },
  (table) => [primaryKey({ columns: [table.actorId, table.timeKey, table.eventId] })],
);

/** The recognitions of a polity as a state. */
export const recognition = sqliteTable(
  'recognition',
  {
    polityId: text('polity_id')
      .notNull()
      .references(() => actor.id),
    position: integer('position').notNull(),
    byId: text('by_id')
      .notNull()
      .references(() => actor.id),
    eventId: text('event_id')
      .notNull()
      .references(() => event.id),
  },
  (table) => [primaryKey({ columns: [table.polityId, table.position] })],
);
