import { rowsById, rowsOfParents, type StoreDb } from '@dossier/store';
import type { Loaders } from '@dossier/subgraph-server';
import { commodity } from '../tables.js';

/** Commodities: by id, and of a statement. */
export function commoditiesSource(db: StoreDb) {
  const readById = rowsById(db, commodity, commodity.id);
  const readOfStatement = rowsOfParents(db, commodity, commodity.statementId, commodity.id);
  return (loaders: Loaders) => ({
    byId: (id: string) => loaders('commodity', readById).load(id),
    ofStatement: (statement: string) => loaders('commoditiesOfStatement', readOfStatement).load(statement),
  });
}
