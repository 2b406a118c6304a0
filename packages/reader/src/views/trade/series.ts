import type { ReaderFiguresQuery, TradeFlow, TradeFrequency, TradeMeasure } from '@dossier/client';
import { enumText } from '../../parts/labels.js';

export type FigureOf = NonNullable<ReaderFiguresQuery['tradeFigures']>['nodes'][number];

/** A time series of one measure between a reporter and a partner: for the same goods, in one unit and at one frequency. */
export interface Series {
  key: string;
  reporter: { id: string; actor: { id: string; name: string } | null };
  partner: { id: string; actor: { id: string; name: string } | null };
  flow: TradeFlow;
  measure: TradeMeasure;
  /** Null if the figures name no goods. */
  commodity: string | null;
  unit: string | null;
  frequency: TradeFrequency;
  count: number;
  /** Number of figures with a stated value. */
  numbers: number;
}

/** All series, those with the most stated values first. */
export function seriesOf(figures: readonly FigureOf[]): Series[] {
  const found = new Map<string, Series>();
  for (const figure of figures) {
    const { reporter, reporterId, partner, partnerId, flow, measure, commodities, unit, frequency, value, basis } =
      figure;
    if (!reporterId || !partnerId) continue;
    const commodity = [...new Set(commodities.map(({ name }) => name))].sort().join('; ') || null;
    const key = [reporterId.id, partnerId.id, flow, measure, frequency, unit ?? '', commodity ?? ''].join(',');
    const series = found.get(key) ?? {
      key,
      reporter: { id: reporterId.id, actor: reporter },
      partner: { id: partnerId.id, actor: partner },
      flow,
      measure,
      commodity,
      unit,
      frequency,
      count: 0,
      numbers: 0,
    };
    found.set(key, {
      ...series,
      count: series.count + 1,
      numbers: series.numbers + (value === null || basis === 'DERIVED' ? 0 : 1),
    });
  }
  const isMoney = ({ measure }: Series): number => (measure === 'TRADE_VALUE' ? 0 : 1);
  return [...found.values()].sort(
    (a, b) => isMoney(a) - isMoney(b) || b.numbers - a.numbers || (a.key < b.key ? -1 : 1),
  );
}

const FLOWS: Record<TradeFlow, true> = { EXPORT: true, IMPORT: true, TURNOVER: true };

/** The variables of a series from its key; null if it is not a key. */
export function parseSeriesKey(key: string) {
  const [reporter, partner, flow, measure, frequency, unit, ...commodity] = key.split(',');
  if (!reporter || !partner || !flow || !(flow in FLOWS) || !measure || !frequency) return null;
  return {
    key,
    reporter,
    partner,
    flow: flow as TradeFlow,
    measure: measure as TradeMeasure,
    frequency: frequency as TradeFrequency,
    unit: unit || null,
    // The names of goods may have commas.
    commodity: commodity.join(',') || null,
  };
}

/** The series of a link: also of an older one, whose key had no frequency, unit and goods. */
export const seriesAt = (all: readonly Series[], key: string | undefined): Series | undefined =>
  key === undefined
    ? undefined
    : (all.find((series) => series.key === key) ?? all.find((series) => series.key.startsWith(`${key},`)));

/** What tells a series from the others of the same reporter, partner, flow and measure. */
export const distinctionOf = (series: Series, all: readonly Series[]): string[] => {
  const isSibling = (other: Series): boolean =>
    other.reporter.id === series.reporter.id &&
    other.partner.id === series.partner.id &&
    other.flow === series.flow &&
    other.measure === series.measure;
  const siblings = all.filter(isSibling);
  const differs = (part: 'unit' | 'frequency'): boolean => siblings.some((other) => other[part] !== series[part]);
  return [
    ...(series.commodity === null ? [] : [series.commodity]),
    ...(differs('unit') && series.unit !== null ? [series.unit] : []),
    ...(differs('frequency') ? [enumText(series.frequency)] : []),
  ];
};

/** Years for which the graph has any figure with a value. A series without a figure for one of them has a gap. */
export function yearsOf(figures: readonly FigureOf[]): string[] {
  const years = figures
    .filter(({ measure, period }) => measure === 'TRADE_VALUE' && /^\d{4}$/.test(period.edtf))
    .map(({ period }) => Number(period.edtf));
  if (years.length === 0) return [];
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
