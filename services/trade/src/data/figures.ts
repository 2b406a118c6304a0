import { badUserInput, expectedUnits, unitKind } from '@dossier/domain';
import {
  type Condition,
  type DateColumns,
  eq,
  equals,
  inList,
  inPeriod,
  joinedToParent,
  type KeysetList,
  oneOf,
  rowColumn,
} from '@dossier/pagination';
import { join, queryValues, type ReadDb, raw, rowReader, rowsById, rowsOfParents, type Sql, sql } from '@dossier/store';
import { type ListRequest, type Loaders, loadConnection, mapMaybePromise, mergedIds } from '@dossier/subgraph-server';
import type { TradeFigureFilter } from '../generated/schema.js';
import type { TradeSeriesMapper } from '../schema.mappers.js';
import { figureParty, tradeFigure } from '../tables.js';

/** Figures: by id, in pages (all, those of an actor), and of a statement; and series. */
export function figuresSource(db: ReadDb) {
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
      /** The figures of a series in order of their periods. */
      pointsOf: (series: TradeSeriesMapper) => {
        const { commodity, unit, frequency } = series;
        const isOfSeries = sql`${isOfFlow(series)} and ${tradeFigure.commodity} = ${commodity ?? ''} and ${isUnit(unit)} and ${tradeFigure.frequency} = ${frequency}`;
        const query = sql`select ${raw(figures.columns())} from ${tradeFigure} where ${isOfSeries} order by ${tradeFigure.periodKey}`;
        return loaders.read(() =>
          mapMaybePromise(queryValues(db, query), (rows) => rows.map((values) => figures.row(values, 0))),
        );
      },
      /** The series of these goods with most figures; unit and frequency are only those requested, if they are. */
      series: ({ commodity = null, unit = null, frequency = null, ...flow }: SeriesRequest) => {
        checkUnits('unit', unit === null ? [] : [unit]);
        checkCommodity('commodity', commodity);
        const tests = [
          isOfFlow(flow),
          sql`${tradeFigure.commodity} = ${commodity ?? ''}`,
          ...(unit === null ? [] : [sql`${tradeFigure.unit} = ${unit}`]),
          ...(frequency === null ? [] : [sql`${tradeFigure.frequency} = ${frequency}`]),
        ];
        const query = sql`select unit, frequency from ${tradeFigure} where ${join(tests, ' and ')} group by unit, frequency order by count(*) desc, unit nulls first, frequency limit 1`;
        return loaders.read(() =>
          mapMaybePromise(queryValues(db, query), (rows): TradeSeriesMapper => {
            const [[foundUnit = unit, foundFrequency = frequency] = []] = rows as (string | null)[][];
            return { ...flow, commodity, unit: foundUnit, frequency: foundFrequency };
          }),
        );
      },
      /** The series of the same reporter, partner, flow and measure, without this one. */
      otherSeries: ({ commodity, unit, frequency, ...flow }: TradeSeriesMapper) => {
        const query = sql`select distinct commodity, unit, frequency from ${tradeFigure} where ${isOfFlow(flow)} and not (commodity = ${commodity ?? ''} and unit is not distinct from ${unit} and frequency is not distinct from ${frequency}) order by commodity, unit nulls first, frequency limit ${MAX_OTHERS}`;
        return loaders.read(() =>
          mapMaybePromise(queryValues(db, query), (rows) =>
            (rows as [string, string | null, string][]).map(
              ([goods, otherUnit, otherFrequency]): TradeSeriesMapper => ({
                ...flow,
                commodity: goods || null,
                unit: otherUnit,
                frequency: otherFrequency,
              }),
            ),
          ),
        );
      },
    };
  };
}

const MAX_SHOWN = 20;

/** Throws BAD_USER_INPUT for a unit that no figure can have: it would find nothing, as if no figure were recorded. */
function checkUnits(argument: string, units: readonly string[]): void {
  const unknown = units.find((unit) => unitKind(unit) === null);
  if (unknown !== undefined)
    throw badUserInput(
      argument,
      `Argument "${argument}" is ${JSON.stringify(unknown.slice(0, MAX_SHOWN))}, which is not a unit; expected ${expectedUnits(['CURRENCY', 'PERCENT', 'RATIO'])}.`,
    );
}

/** Throws BAD_USER_INPUT for an empty name of goods, which would stand for figures that name none. */
function checkCommodity(argument: string, commodity: string | null | undefined): void {
  if (commodity?.trim() === '')
    throw badUserInput(argument, `Argument "${argument}" is empty; expected the name of goods, or null.`);
}

/** A request for a series; see the arguments of `tradeSeries`. */
type SeriesRequest = SeriesFlow & { commodity?: string | null; unit?: string | null; frequency?: string | null };
type SeriesFlow = Pick<TradeSeriesMapper, 'reporter' | 'partner' | 'flow' | 'measure'>;

/** Maximum number of other series. */
const MAX_OTHERS = 100;

const isOfFlow = ({ reporter, partner, flow, measure }: SeriesFlow): Sql =>
  sql`${tradeFigure.reporterId} = ${reporter} and ${tradeFigure.partnerId} = ${partner} and ${tradeFigure.flow} = ${flow} and ${tradeFigure.measure} = ${measure}`;

/** PostgreSQL has no index for `is not distinct from`. */
const isUnit = (unit: string | null): Sql =>
  unit === null ? sql`${tradeFigure.unit} is null` : sql`${tradeFigure.unit} = ${unit}`;

const participation = {
  table: figureParty,
  id: figureParty.figureId,
  rowId: tradeFigure.id,
  key: figureParty.figureId,
  column: figureParty.actorId,
};

/** Restricts an actor's figures to those with this counterpart. No condition if it is null. */
const against = (counterpart: string | null | undefined) =>
  counterpart ? { argument: 'counterpart', column: figureParty.counterpartId, values: [counterpart] } : undefined;

const OF_PERIOD: DateColumns = {
  id: tradeFigure.id,
  key: tradeFigure.periodKey,
  length: tradeFigure.spanLength,
  earliest: tradeFigure.earliest,
  latest: tradeFigure.latest,
};

function figureList(filter: TradeFigureFilter, of: Condition | undefined): KeysetList<typeof tradeFigure> {
  checkUnits('filter.unit', filter.unit ?? []);
  checkCommodity('filter.commodity', filter.commodity);
  return {
    table: tradeFigure,
    id: tradeFigure.id,
    key: tradeFigure.id,
    by: [
      of,
      eq(tradeFigure.reporterId, filter.reporter),
      eq(tradeFigure.partnerId, filter.partner),
      inPeriod(OF_PERIOD, filter, false),
      inList('filter.measure', tradeFigure.measure, filter.measure),
      inList('filter.qualifier', tradeFigure.qualifier, filter.qualifier),
      inList('filter.flow', tradeFigure.flow, filter.flow),
      inList('filter.basis', tradeFigure.basis, filter.basis),
    ],
    where: [
      equals(rowColumn(tradeFigure.commodity), filter.commodity),
      oneOf('filter.unit', rowColumn(tradeFigure.unit), filter.unit),
      oneOf('filter.frequency', rowColumn(tradeFigure.frequency), filter.frequency),
    ],
  };
}
