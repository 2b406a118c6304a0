import {
  type FigureFragment,
  type FigureWithContextFragment,
  type TradeFlow,
  type TradeFrequency,
  type TradeMeasure,
  tradeFlowValues,
  tradeFrequencyValues,
  tradeMeasureValues,
} from '@dossier/client';
import { enumText } from '../../parts/labels.js';

export type FigureOf = FigureWithContextFragment;

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
  /** Null in a link that does not name it. */
  frequency: TradeFrequency | null;
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

const isOneOf = <TValue extends string>(values: readonly TValue[], text: string | undefined): text is TValue =>
  values.some((value) => value === text);

/** The series that a link names, which need not be loaded: also an older link, without a frequency, unit and goods. Null if it names none. */
export function parseSeries(key: string | undefined): Series | null {
  const [reporter, partner, flow, measure, frequency, unit, ...commodity] = (key ?? '').split(',');
  if (!key || !reporter || !partner || !isOneOf(tradeFlowValues, flow) || !isOneOf(tradeMeasureValues, measure))
    return null;
  return {
    key,
    reporter: { id: reporter, actor: null },
    partner: { id: partner, actor: null },
    flow,
    measure,
    commodity: commodity.join(',') || null,
    unit: unit || null,
    frequency: isOneOf(tradeFrequencyValues, frequency) ? frequency : null,
    count: 0,
    numbers: 0,
  };
}

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
    ...(differs('frequency') && series.frequency !== null ? [enumText(series.frequency)] : []),
  ];
};

/** The years from the first to the last of some figures. A series without a figure for one of them has a gap. */
export function yearsOf(figures: readonly Pick<FigureFragment, 'measure' | 'period'>[]): string[] {
  const years = figures
    .filter(({ measure, period }) => measure === 'TRADE_VALUE' && /^\d{4}$/.test(period.edtf))
    .map(({ period }) => Number(period.edtf));
  if (years.length === 0) return [];
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
