import { anyOf, type DayFilter, equals, inDays, inner, type KeysetList } from '@dossier/connections';
import { rowsById, rowsOfParents, type StoreDb } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph';
import { type SQL, sql } from 'drizzle-orm';
import { figureParty, tradeFigure } from '../tables.js';

export interface TradeFigureFilter extends DayFilter {
  reporter?: string | null;
  partner?: string | null;
  measure?: string[] | null;
  flow?: string[] | null;
  basis?: string[] | null;
  qualifier?: string[] | null;
}

export interface SeriesKey {
  reporter: string;
  partner: string;
  flow: string;
  measure: string;
}

/** Figures by id, in pages, of an actor and of a statement; and the series of one bilateral measure. */
export function figuresSource(db: StoreDb) {
  const readById = rowsById(db, tradeFigure, tradeFigure.id);
  const readOfStatement = rowsOfParents(db, tradeFigure, tradeFigure.statementId, tradeFigure.id);
  const readSeries = db
    .select()
    .from(tradeFigure)
    .where(
      sql`${tradeFigure.reporterId} = ${sql.placeholder('reporter')} and ${tradeFigure.partnerId} = ${sql.placeholder('partner')} and ${tradeFigure.flow} = ${sql.placeholder('flow')} and ${tradeFigure.measure} = ${sql.placeholder('measure')}`,
    )
    .orderBy(tradeFigure.periodKey)
    .prepare();
  return (loaders: Loaders) => {
    const page = (filter: TradeFigureFilter | null | undefined, request: ListRequest, of: (parent: SQL) => SQL | undefined = () => undefined) =>
      pageOf(db, loaders, figureList(filter ?? {}, of), request);
    return {
      byId: (id: string) => loaders('figure', readById).load(id),
      page,
      pageOfActor: (counterpart: string | null | undefined, filter: TradeFigureFilter | null | undefined, request: ListRequest) => page(filter, request, (actor) => takesPart(actor, counterpart)),
      ofStatement: (statement: string) => loaders('figuresOfStatement', readOfStatement).load(statement),
      series: (key: SeriesKey) => readSeries.all({ ...key }),
    };
  };
}

const figureList = (filter: TradeFigureFilter, of: (parent: SQL) => SQL | undefined): KeysetList<typeof tradeFigure> => {
  const where = [
    equals(inner(tradeFigure.reporterId), filter.reporter),
    equals(inner(tradeFigure.partnerId), filter.partner),
    anyOf('filter.measure', inner(tradeFigure.measure), filter.measure),
    anyOf('filter.flow', inner(tradeFigure.flow), filter.flow),
    anyOf('filter.basis', inner(tradeFigure.basis), filter.basis),
    anyOf('filter.qualifier', inner(tradeFigure.qualifier), filter.qualifier),
    ...inDays(filter, inner(tradeFigure.earliest), inner(tradeFigure.latest)),
  ];
  return { table: tradeFigure, id: tradeFigure.id, key: tradeFigure.id, where: (parent) => [of(parent), ...where] };
};

function takesPart(actor: SQL, counterpart: string | null | undefined): SQL {
  const other = counterpart ? sql` and ${figureParty.counterpartId} = ${counterpart}` : sql``;
  return sql`${inner(tradeFigure.id)} in (select ${figureParty.figureId} from ${figureParty} where ${figureParty.actorId} = ${actor}${other})`;
}
