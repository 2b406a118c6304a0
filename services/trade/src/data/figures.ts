import {
  type Condition,
  type DayFilter,
  eq,
  inDays,
  inList,
  joinedToParent,
  type KeysetList,
  rowColumn,
} from '@dossier/pagination';
import { queryValues, raw, rowReader, rowsById, rowsOfParents, type StoreDb, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection } from '@dossier/subgraph-server';
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
  const figures = rowReader(tradeFigure);
  const readById = rowsById(db, tradeFigure, tradeFigure.id);
  const readOfStatement = rowsOfParents(db, tradeFigure, tradeFigure.statementId, tradeFigure.id);
  return (loaders: Loaders) => {
    const page = (filter: TradeFigureFilter | null | undefined, request: ListRequest, of?: Condition) =>
      loadConnection(db, loaders, figureList(filter ?? {}, of), request);
    return {
      byId: (id: string) => loaders('figure', readById).load(id),
      page,
      pageOfActor: (
        counterpart: string | null | undefined,
        filter: TradeFigureFilter | null | undefined,
        request: ListRequest,
      ) => page(filter, request, joinedToParent(tradeFigure.id, participation, against(counterpart))),
      ofStatement: (statement: string) => loaders('figuresOfStatement', readOfStatement).load(statement),
      series: ({ reporter, partner, flow, measure }: SeriesKey) => {
        const isOfSeries = sql`${tradeFigure.reporterId} = ${reporter} and ${tradeFigure.partnerId} = ${partner} and ${tradeFigure.flow} = ${flow} and ${tradeFigure.measure} = ${measure}`;
        const query = sql`select ${raw(figures.columns())} from ${tradeFigure} where ${isOfSeries} order by ${tradeFigure.periodKey}`;
        return loaders.read(() => queryValues(db, query).map((values) => figures.row(values, 0)));
      },
    };
  };
}

const participation = {
  table: figureParty,
  id: figureParty.figureId,
  key: figureParty.figureId,
  column: figureParty.actorId,
};

/** Only the figures with this other party, where one is asked for. */
const against = (counterpart: string | null | undefined) =>
  counterpart ? { argument: 'counterpart', column: figureParty.counterpartId, values: [counterpart] } : undefined;

const figureList = (filter: TradeFigureFilter, of: Condition | undefined): KeysetList<typeof tradeFigure> => ({
  table: tradeFigure,
  id: tradeFigure.id,
  key: tradeFigure.id,
  by: [
    of,
    eq(tradeFigure.reporterId, filter.reporter),
    eq(tradeFigure.partnerId, filter.partner),
    inList('filter.measure', tradeFigure.measure, filter.measure),
    inList('filter.qualifier', tradeFigure.qualifier, filter.qualifier),
    inList('filter.flow', tradeFigure.flow, filter.flow),
    inList('filter.basis', tradeFigure.basis, filter.basis),
  ],
  where: inDays(filter, rowColumn(tradeFigure.earliest), rowColumn(tradeFigure.latest)),
});
