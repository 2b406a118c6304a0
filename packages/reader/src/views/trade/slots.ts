import { dateLabel, type FigureFragment, figureText } from '@dossier/client';

/** A place on the chart's axis of time, with what is known there. */
export interface Slot {
  key: string;
  period: string;
  /** The period in words, and how it is known. */
  label: string;
  /** `absent`: the graph holds no figure; `missing`: there is one, but without a number. */
  state: 'stated' | 'derived' | 'missing' | 'absent';
  figure: FigureFragment | null;
  /** For the drawing only: the exact number is in `text`. */
  value: number | null;
  lower: number | null;
  upper: number | null;
  /** Open upwards or downwards: the true value lies beyond. */
  opens: 'up' | 'down' | null;
  text: string;
}

const MAX_YEARS = 40;

/** The points of a series in their order, with the years between of which nothing is known. */
export function slotsOf(points: readonly FigureFragment[], years: readonly string[]): Slot[] {
  const slots = points.map(slotOf);
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
        text: 'no figure',
      }),
    );
  return [...slots, ...gaps].sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0));
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

function slotOf(figure: FigureFragment): Slot {
  const { id, period, value, basis, lowerBound, upperBound, qualifier } = figure;
  return {
    key: id,
    period: period.edtf,
    label: dateLabel(period),
    state: value === null ? 'missing' : basis === 'DERIVED' ? 'derived' : 'stated',
    figure,
    value: numberOf(value),
    lower: numberOf(lowerBound),
    upper: numberOf(upperBound),
    opens: qualifier === 'OVER' ? 'up' : qualifier === 'UNDER' ? 'down' : null,
    text: shortText(figure),
  };
}

const SCALES = [
  { digits: 10, shift: 9, name: 'billion' },
  { digits: 7, shift: 6, name: 'million' },
] as const;

/** A quantity in a few signs, rounded towards what stays true. The whole of it stands in the table. */
export function shortText({ value, unit, qualifier }: Pick<FigureFragment, 'value' | 'unit' | 'qualifier'>): string {
  const digits = /^-?(\d+)/.exec(value ?? '')?.[1]?.length ?? 0;
  const scale = unit === 'percent' || unit === 'ratio' ? undefined : SCALES.find((each) => digits >= each.digits);
  if (value === null || !scale) return figureText({ value, unit, qualifier }, { places: 2 }).text;
  return figureText(
    { value: shiftDecimal(value, scale.shift), unit: unit === null ? scale.name : `${scale.name} ${unit}`, qualifier },
    { places: 2 },
  ).text;
}

/** Moves the decimal point to the left, exactly; zeros at the end would claim digits that nobody gave. */
export function shiftDecimal(value: string, places: number): string {
  const [, sign = '', whole = '0', rest = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  const digits = whole.padStart(places + 1, '0');
  const decimals = `${digits.slice(-places)}${rest}`.replace(/0+$/, '');
  return `${sign}${digits.slice(0, -places)}${decimals && `.${decimals}`}`;
}
