import { type Condition, eq, inDays, inList, joinedToParent, type KeysetList, rowColumn } from '@dossier/pagination';
import { queryValues, raw, rowReader, rowsById, rowsOfParents, type StoreDb, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mergedIds } from '@dossier/subgraph-server';
import type { TradeFigureFilter } from '../generated/schema.js';
import type { TradeSeriesMapper } from '../schema.mappers.js';
import { figureParty, tradeFigure } from '../tables.js';

/** Figures: by id, in pages (all, those of an actor), and of a statement; and the series of one bilateral measure. */
export function figuresSource(db: StoreDb) {
  const figures = rowReader(tradeFigure);
  const readById = rowsById(db, tradeFigure, tradeFigure.id);
  const readOfStatement = rowsOfParents(db, tradeFigure, tradeFigure.statementId, tradeFigure.id);
  const merged = mergedIds(db);
  return (loaders: Loaders) => {
    const page = (filter: TradeFigureFilter | null | undefined, request: ListRequest, of?: Condition) =>
      loadConnection(db, loaders, figureList(merged.inFilter(filter, 'reporter', 'partner'), of), request);
    return {
      byId: (id: string) => loaders('figure', readById).load(id),
      page,
      pageOfActor: (
        counterpart: string | null | undefined,
        filter: TradeFigureFilter | null | undefined,
        request: ListRequest,
      ) =>
        page(filter, request, joinedToParent(tradeFigure.id, participation, against(merged.survivorOf(counterpart)))),
      ofStatement: (statement: string) => loaders('figuresOfStatement', readOfStatement).load(statement),
      /** The figures of a reporter, partner, flow and measure in order of their periods. */
      series: ({ reporter, partner, flow, measure }: TradeSeriesMapper) => {
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

/** Restricts an actor's figures to those with this counterpart. No condition if it is null. */
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
