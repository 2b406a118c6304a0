import type { KeysetList } from '@dossier/pagination';
import { type ReadDb, rowsById, rowsOfParents } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mapMaybePromise } from '@dossier/subgraph-server';
import { regime, regimeTarget } from '../tables.js';

/** Regimes: by id, in pages, and by the actor that they target. */
export function regimesSource(db: ReadDb) {
  const readById = rowsById(db, regime, regime.id);
  const readTargets = rowsOfParents(db, regimeTarget, regimeTarget.actorId, regimeTarget.regimeId);
  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('regime', readById).load(id);
    return {
      byId,
      page: (request: ListRequest) => loadConnection(db, loaders, regimeList, request),
      targeting: (actor: string) =>
        mapMaybePromise(loaders('regimesTargeting', readTargets).load(actor), (rows) =>
          rows.map(({ regimeId }) => byId(regimeId)),
        ),
    };
  };
}

const regimeList: KeysetList<typeof regime> = { table: regime, id: regime.id, key: regime.id };
