import type { Reference } from '@dossier/domain';
import { text } from 'drizzle-orm/sqlite-core';

/** A column of JSON, for values that are only read with their row: a list of aliases, a date. */
export const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>();

/** The columns of types that implement `Sourced`. */
export const sourcedColumns = () => ({
  basis: text('basis').notNull(),
  /** Ids of citations. */
  citations: json<string[]>('citations').notNull(),
  references: json<Reference[]>('source_references').notNull(),
});
