import { type ReadDb, rowsById } from '@dossier/store';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Loaders } from './loaders.js';
import { mergedIds } from './mergedIds.js';

/** Ids of entities of other subgraphs to which this one adds fields. An id that is not in the table does not exist. */
export const knownEntity = sqliteTable('known_entity', { id: text('id').primaryKey() });

/** Finds an entity of another subgraph by its id, or by one that was merged into it; null if it does not exist. */
export function knownEntities(db: ReadDb) {
  const read = rowsById(db, knownEntity, knownEntity.id);
  const { survivorOf } = mergedIds(db);
  return (loaders: Loaders) => ({ byId: (id: string) => loaders('knownEntity', read).load(survivorOf(id)) });
}
