import type { ReaderActorQuery } from '@dossier/client';

type ActorOf = NonNullable<ReaderActorQuery['actor']>;

/** The lists of records of an actor, by their name in the address. */
export const RECORDS = ['by', 'imputed', 'about', 'to', 'carried', 'events', 'figures', 'mentions'] as const;
export type RecordKind = (typeof RECORDS)[number];

/** The field of an actor with the number of its records. */
export const RECORD_FIELD = {
  by: 'by',
  imputed: 'imputed',
  about: 'about',
  to: 'to',
  carried: 'carried',
  events: 'events',
  figures: 'tradeFigures',
  mentions: 'mentions',
} as const satisfies Record<RecordKind, keyof ActorOf>;
