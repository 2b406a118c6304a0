import { type Condition, inDays, inner, type KeysetList, linkedParent, own, ownAnyOf } from '@dossier/pagination';
import { raw, rowReader, rowsById, rowsOfParents, type StoreDb, sql, valuesOf } from '@dossier/store';
import { type ListRequest, type Loaders, pageOf } from '@dossier/subgraph-server';
import type { TradeFigureFilter } from '../generated/schema.js';
import type { TradeSeriesMapper } from '../schema.mappers.js';
import { figureParty, tradeFigure } from '../tables.js';

/** Figures: by id, in pages (all, those of an actor), and of a statement; and the series of one bilateral measure. */
export function figuresSource(db: StoreDb) {
  const figures = rowReader(tradeFigure);
  const readById = rowsById(db, tradeFigure, tradeFigure.id);
  const readOfStatement = rowsOfParents(db, tradeFigure, tradeFigure.statementId, tradeFigure.id);
  return (loaders: Loaders) => {
    const page = (filter: TradeFigureFilter | null | undefined, request: ListRequest, of?: Condition) =>
      pageOf(db, loaders, figureList(filter ?? {}, of), request);
    return {
      byId: (id: string) => loaders('figure', readById).load(id),
      page,
      pageOfActor: (
        counterpart: string | null | undefined,
        filter: TradeFigureFilter | null | undefined,
        request: ListRequest,
      ) => page(filter, request, linkedParent(tradeFigure.id, participation, against(counterpart))),
      ofStatement: (statement: string) => loaders('figuresOfStatement', readOfStatement).load(statement),
      /** The figures of a reporter, partner, flow and measure in order of their periods. */
      series: ({ reporter, partner, flow, measure }: TradeSeriesMapper) => {
        const isOfSeries = sql`${tradeFigure.reporterId} = ${reporter} and ${tradeFigure.partnerId} = ${partner} and ${tradeFigure.flow} = ${flow} and ${tradeFigure.measure} = ${measure}`;
        const query = sql`select ${raw(figures.columns())} from ${tradeFigure} where ${isOfSeries} order by ${tradeFigure.periodKey}`;
        return loaders.read(() => valuesOf(db, query).map((values) => figures.row(values, 0)));
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
    own(tradeFigure.reporterId, filter.reporter),
    own(tradeFigure.partnerId, filter.partner),
    ownAnyOf('filter.measure', tradeFigure.measure, filter.measure),
    ownAnyOf('filter.qualifier', tradeFigure.qualifier, filter.qualifier),
    ownAnyOf('filter.flow', tradeFigure.flow, filter.flow),
    ownAnyOf('filter.basis', tradeFigure.basis, filter.basis),
  ],
  where: inDays(filter, inner(tradeFigure.earliest), inner(tradeFigure.latest)),
});
