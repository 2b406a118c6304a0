import type { Reference } from '@dossier/domain';
import { text } from 'drizzle-orm/sqlite-core';

/** Values that belong to one row and are never searched by: a list of aliases, a date. */
export const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>();

/** The columns of everything that says where it comes from. */
export const sourcedColumns = () => ({
  basis: text('basis').notNull(),
  /** Ids of citations. */
  citations: json<string[]>('citations').notNull(),
  references: json<Reference[]>('source_references').notNull(),
});
