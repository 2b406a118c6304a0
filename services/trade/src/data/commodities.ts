import { type ReadDb, rowsById, rowsOfParents } from '@dossier/store';
import type { Loaders } from '@dossier/subgraph-server';
import { commodity } from '../tables.js';

/** Commodities: by id, and of a statement. */
export function commoditiesSource(db: ReadDb) {
  const readById = rowsById(db, commodity, commodity.id);
  const readOfStatement = rowsOfParents(db, commodity, commodity.statementId, commodity.id);
  return (loaders: Loaders) => ({
    byId: (id: string) => loaders('commodity', readById).load(id),
    ofStatement: (statement: string) => loaders('commoditiesOfStatement', readOfStatement).load(statement),
  });
}
