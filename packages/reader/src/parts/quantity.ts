import {
  type Basis,
  compareDecimals,
  type DecimalText,
  decimalText,
  type FigureParts,
  type FigureWords,
  figureText,
} from '@dossier/client';
import { formatDecimal, t } from '../messages/messages.js';

type Quantity = FigureParts & { basis?: Basis };

const SCALES = [
  { digits: 10, shift: 9, name: 'number.billion' },
  { digits: 7, shift: 6, name: 'number.million' },
] as const;

const ROUNDED = { HALF_EVEN: 'number.rounded', DOWN: 'number.roundedDown', UP: 'number.roundedUp' } as const;

/** Figures in the language of the page. */
export const FIGURE_WORDS: FigureWords = {
  number: formatDecimal,
  rounded: (exact, rounding) => t(ROUNDED[rounding], { exact }),
  amount: (number, unit) =>
    unit === null
      ? number
      : unit === 'percent' || unit === 'ratio'
        ? t(`unit.${unit}`, { number })
        : t('unit.other', { number, unit }),
  // The messages without a number have no parameter.
  qualified: (qualifier, amount) => t(`quantity.${qualifier}` as 'quantity.EXACT', { amount: amount ?? '' }),
};

/** Decimal places of a computed quantity without bounds. */
const DEFAULT_PLACES = 2;

/** The decimal places of a power of ten: 0.01 has two, 10 has -1. */
const placesOf = (power: number): number => 0 - power;

/**
 * How many decimal places the bounds of a computed value support. Between two bounds, one step of the last place is at least half of their
 * distance; above a lower or below an upper bound, it is at most the distance from it.
 */
function supportedPlaces({ value, lowerBound, upperBound }: Quantity): number {
  if (!value || (!lowerBound && !upperBound)) return DEFAULT_PLACES;
  const isRange = Boolean(lowerBound && upperBound);
  const distance = isRange
    ? (Number(upperBound) - Number(lowerBound)) / 2
    : Math.abs(Number(value) - Number(lowerBound ?? upperBound));
  if (distance === 0) return DEFAULT_PLACES;
  const power = Math.log10(distance);
  return placesOf(isRange ? Math.ceil(power) : Math.floor(power));
}

/** More places if the rounded value would lie outside its bounds. */
function placesWithin(places: number, { value, lowerBound, upperBound }: Quantity): number {
  const rounded = (to: number): string => decimalText(value ?? '0', { places: to }).text.replaceAll(',', '');
  const isWithin = (text: string): boolean =>
    (!lowerBound || compareDecimals(text, lowerBound) >= 0) && (!upperBound || compareDecimals(text, upperBound) <= 0);
  const most = places + 12;
  let to = places;
  while (to < most && !isWithin(rounded(to))) to++;
  return to;
}

/**
 * A quantity in short: as stated, or, if it was computed, with no more digits than its bounds support, and never beyond them. `note` says how
 * it was rounded.
 */
export function quantityText(figure: Quantity): DecimalText {
  const scaled = scale(figure);
  if (scaled.value === null) return figureText(scaled, { words: FIGURE_WORDS });
  const isBound = figure.qualifier === 'OVER' || figure.qualifier === 'UNDER';
  if (figure.basis === 'DOCUMENT') return figureText(scaled, { words: FIGURE_WORDS });
  const supported = figure.basis === 'DERIVED' ? supportedPlaces(scaled) : DEFAULT_PLACES;
  const { text, note } = figureText(scaled, {
    words: FIGURE_WORDS,
    places: isBound ? supported : placesWithin(supported, scaled),
  });
  return { text, note: note && scaled.unit && scaled !== figure ? `${note} ${scaled.unit}` : note };
}

/** In millions or billions if it is large. */
function scale(figure: Quantity): Quantity {
  const { value, unit, lowerBound, upperBound } = figure;
  const digits = /^-?(\d+)/.exec(value ?? '')?.[1]?.length ?? 0;
  const found = unit === 'percent' || unit === 'ratio' ? undefined : SCALES.find((each) => digits >= each.digits);
  if (value === null || !found) return figure;
  const shifted = (text: string | null | undefined): string | null => (text ? shiftDecimal(text, found.shift) : null);
  return {
    ...figure,
    value: shifted(value),
    lowerBound: shifted(lowerBound),
    upperBound: shifted(upperBound),
    unit: unit === null ? t(found.name) : t('number.scaled', { scale: t(found.name), unit }),
  };
}

/** Moves the decimal point to the left, exactly, without trailing zeros that would suggest more precision. */
export function shiftDecimal(value: string, places: number): string {
  const [, sign = '', whole = '0', rest = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  const digits = whole.padStart(places + 1, '0');
  const decimals = `${digits.slice(-places)}${rest}`.replace(/0+$/, '');
  return `${sign}${digits.slice(0, -places)}${decimals && `.${decimals}`}`;
}
