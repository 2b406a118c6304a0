import type { ReaderFiguresQuery, TradeFlow, TradeMeasure } from '@dossier/client';

export type FigureOf = NonNullable<ReaderFiguresQuery['tradeFigures']>['nodes'][number];

/** A time series of one measure between a reporter and a partner. */
export interface Series {
  key: string;
  reporter: { id: string; actor: { id: string; name: string } | null };
  partner: { id: string; actor: { id: string; name: string } | null };
  flow: TradeFlow;
  measure: TradeMeasure;
  count: number;
  /** Number of figures with a value. */
  numbers: number;
}

/** All series, those with the most values first. */
export function seriesOf(figures: readonly FigureOf[]): Series[] {
  const found = new Map<string, Series>();
  for (const { reporter, reporterId, partner, partnerId, flow, measure, value } of figures) {
    if (!reporterId || !partnerId) continue;
    const key = [reporterId.id, partnerId.id, flow, measure].join(',');
    const series = found.get(key) ?? {
      key,
      reporter: { id: reporterId.id, actor: reporter },
      partner: { id: partnerId.id, actor: partner },
      flow,
      measure,
      count: 0,
      numbers: 0,
    };
    found.set(key, { ...series, count: series.count + 1, numbers: series.numbers + (value === null ? 0 : 1) });
  }
  const isMoney = ({ measure }: Series): number => (measure === 'TRADE_VALUE' ? 0 : 1);
  return [...found.values()].sort(
    (a, b) => isMoney(a) - isMoney(b) || b.numbers - a.numbers || (a.key < b.key ? -1 : 1),
  );
}

/** Years for which the graph has any figure with a value. A series without a figure for one of them has a gap. */
export function yearsOf(figures: readonly FigureOf[]): string[] {
  const years = figures
    .filter(({ measure, period }) => measure === 'TRADE_VALUE' && /^\d{4}$/.test(period.edtf))
    .map(({ period }) => Number(period.edtf));
  if (years.length === 0) return [];
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
