import type { FigureFragment } from '@dossier/client';
import { t } from '../../messages/messages.js';
import { dateText } from '../../parts/dates.js';
import { quantityText } from '../../parts/quantity.js';

/** A position on the time axis of the chart, with its figure. */
export interface Slot {
  key: string;
  period: string;
  /** The period as text, with its basis. */
  label: string;
  /** `absent`: there is no figure; `missing`: there is one without a value. */
  state: 'stated' | 'derived' | 'missing' | 'absent';
  figure: FigureFragment | null;
  /** Approximate, for drawing only. The exact number is in `text`. */
  value: number | null;
  lower: number | null;
  upper: number | null;
  /** The direction in which the value is unbounded; null if it is not. */
  opens: 'up' | 'down' | null;
  text: string;
}

const MAX_YEARS = 40;

/** The figures of a series in order, with a slot for each year in between without one. */
export function slotsOf(points: readonly FigureFragment[], years: readonly string[]): Slot[] {
  const slots = inOrder(points.map(slotOf));
  const isYearly = points.length > 0 && points.every(({ period }) => /^\d{4}$/.test(period.edtf));
  if (!isYearly || years.length > MAX_YEARS) return slots;
  const known = new Set(points.map(({ period }) => period.edtf));
  const gaps = years
    .filter((year) => !known.has(year))
    .map(
      (year): Slot => ({
        key: year,
        period: year,
        label: year,
        state: 'absent',
        figure: null,
        value: null,
        lower: null,
        upper: null,
        opens: null,
        text: t('trade.legendAbsent'),
      }),
    );
  return inOrder([...slots, ...gaps]);
}

const RANK: Record<Slot['state'], number> = { stated: 0, missing: 1, derived: 2, absent: 3 };

/** By year, or in the order of the graph for other periods. What was stated precedes what was computed for the same period. */
function inOrder(slots: readonly Slot[]): Slot[] {
  const isYearly = slots.every(({ period }) => /^\d{4}$/.test(period));
  const places = new Map(slots.map(({ period }, index) => [period, index]).reverse() as [string, number][]);
  const placeOf = ({ period }: Slot): number => (isYearly ? Number(period) : (places.get(period) ?? 0));
  return slots.toSorted((a, b) => placeOf(a) - placeOf(b) || RANK[a.state] - RANK[b.state]);
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

function slotOf(figure: FigureFragment): Slot {
  const { id, period, value, basis, lowerBound, upperBound, qualifier } = figure;
  const opens = qualifier === 'OVER' ? 'up' : qualifier === 'UNDER' ? 'down' : null;
  return {
    key: id,
    period: period.edtf,
    label: dateText(period),
    state: value === null ? 'missing' : basis === 'DERIVED' ? 'derived' : 'stated',
    figure,
    // What is certain, which may be less than the computed value.
    value: numberOf((opens === 'up' ? lowerBound : opens === 'down' ? upperBound : null) ?? value),
    lower: numberOf(lowerBound),
    upper: numberOf(upperBound),
    opens,
    text: quantityText(figure).text,
  };
}
