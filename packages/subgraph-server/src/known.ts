import { rowsById, type StoreDb } from '@dossier/store';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Loaders } from './loaders.js';

/** What other subgraphs own and this one adds fields to: so that an id of nothing is told from something without facts here. */
export const knownEntity = sqliteTable('known_entity', { id: text('id').primaryKey() });

/** Finds what another subgraph owns, by its id alone; null where there is no such thing. */
export function knownEntities(db: StoreDb) {
  const read = rowsById(db, knownEntity, knownEntity.id);
  return (loaders: Loaders) => ({ byId: (id: string) => loaders('knownEntity', read).load(id) });
}
