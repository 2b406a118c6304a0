import { type ReadDb, readAtOpen, sql } from '@dossier/store';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Ids of actors and places that were given up, each with the id that it was merged into. */
export const mergedId = sqliteTable('merged_id', {
  id: text('id').primaryKey(),
  sameAs: text('same_as').notNull(),
});

/** Replaces ids that were merged into others. */
export interface MergedIds {
  /** The id that replaces a merged one; any other id, and null, unchanged. */
  survivorOf: <Id extends string | null | undefined>(id: Id) => Id;
  /** A filter with the ids of these fields replaced; an empty one if it is null or undefined. */
  inFilter: <Filter extends object>(filter: Filter | null | undefined, ...fields: (keyof Filter)[]) => Filter;
}

/** The query of `mergedIds`. */
export const MERGED_IDS = sql`select ${mergedId.id}, ${mergedId.sameAs} from ${mergedId}`;

/** Reads the merged ids of a store once: merges are recorded by hand, so they are few. */
export function mergedIds(db: ReadDb): MergedIds {
  const survivors = new Map(readAtOpen(db, MERGED_IDS) as [id: string, sameAs: string][]);
  const survivorOf = <Id extends string | null | undefined>(id: Id): Id =>
    typeof id === 'string' ? ((survivors.get(id) ?? id) as Id) : id;
  const replaced = <Filter extends object>(filter: Filter, fields: readonly (keyof Filter)[]): Filter => ({
    ...filter,
    ...Object.fromEntries(fields.map((field) => [field, survivorOf(filter[field] as string | null | undefined)])),
  });
  return {
    survivorOf,
    inFilter: <Filter extends object>(filter: Filter | null | undefined, ...fields: (keyof Filter)[]): Filter =>
      filter && survivors.size > 0 ? replaced(filter, fields) : (filter ?? ({} as Filter)),
  };
}
