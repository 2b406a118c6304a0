import type { KeysetList } from '@dossier/connections';
import { rowsById, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph';
import { sql } from 'drizzle-orm';
import { regime, regimeTarget } from '../tables.js';

/** Regimes by id, in pages, and by the actor that they target. */
export function regimesSource(db: StoreDb) {
  const readById = rowsById(db, regime, regime.id);
  const readTargets = db
    .select({ actorId: regimeTarget.actorId, regimeId: regimeTarget.regimeId })
    .from(regimeTarget)
    .where(sql`${regimeTarget.actorId} in (select value from json_each(${sql.placeholder('actors')}))`)
    .orderBy(regimeTarget.regimeId)
    .prepare();
  const readIdsByTarget = (actors: readonly string[]): string[][] => {
    const rows = readTargets.all({ actors: JSON.stringify(actors) });
    return actors.map((actor) => rows.filter(({ actorId }) => actorId === actor).map(({ regimeId }) => regimeId));
  };
  return (loaders: Loaders) => {
    const byId = (id: string) => loaders('regime', readById).load(id);
    return {
      byId,
      page: (request: ListRequest) => pageOf(db, loaders, regimeList, request),
      targeting: async (actor: string) => Promise.all((await loaders('regimesTargeting', readIdsByTarget).load(actor)).map(byId)),
    };
  };
}

const regimeList: KeysetList<typeof regime> = { table: regime, id: regime.id, key: regime.id, where: () => [] };
