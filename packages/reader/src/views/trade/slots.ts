import { dateLabel, type FigureFragment, type FigureParts, figureText } from '@dossier/client';

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

/** A short text of a quantity, rounded so that it stays true. The table has the exact number. */
export function shortText(figure: FigureParts): string {
  const { value, unit, lowerBound, upperBound } = figure;
  const digits = /^-?(\d+)/.exec(value ?? '')?.[1]?.length ?? 0;
  const scale = unit === 'percent' || unit === 'ratio' ? undefined : SCALES.find((each) => digits >= each.digits);
  if (value === null || !scale) return figureText(figure, { places: 2 }).text;
  const shifted = (text: string | null | undefined): string | null => (text ? shiftDecimal(text, scale.shift) : null);
  return figureText(
    {
      ...figure,
      value: shifted(value),
      lowerBound: shifted(lowerBound),
      upperBound: shifted(upperBound),
      unit: unit === null ? scale.name : `${scale.name} ${unit}`,
    },
    { places: 2 },
  ).text;
}

/** Moves the decimal point to the left, exactly, without trailing zeros that would suggest more precision. */
export function shiftDecimal(value: string, places: number): string {
  const [, sign = '', whole = '0', rest = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  const digits = whole.padStart(places + 1, '0');
  const decimals = `${digits.slice(-places)}${rest}`.replace(/0+$/, '');
  return `${sign}${digits.slice(0, -places)}${decimals && `.${decimals}`}`;
}
