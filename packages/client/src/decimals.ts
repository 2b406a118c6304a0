const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** An exact number: `units` divided by ten to the power of `places`. Floats would lose digits. */
interface ExactDecimal {
  units: bigint;
  places: number;
}

/** Parses a `Decimal` of the schema. Throws a RangeError that quotes the text if it is not one. */
function parseDecimal(text: string): ExactDecimal {
  const [, sign, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === undefined)
    throw new RangeError(
      `"${text}" is not a decimal; expected digits with at most one point, e.g. 42740000 or -10.77.`,
    );
  return { units: BigInt(`${sign}${whole}${fraction}`), places: fraction.length };
}

/** Compares two decimals exactly: negative, zero or positive, for `sort`. */
export function compareDecimals(left: string, right: string): number {
  const a = parseDecimal(left);
  const b = parseDecimal(right);
  const difference = a.units * 10n ** BigInt(b.places) - b.units * 10n ** BigInt(a.places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export type RoundingMode = 'HALF_EVEN' | 'DOWN' | 'UP';

export interface DecimalText {
  text: string;
  /** Says what was rounded; null if every digit is shown. */
  note: string | null;
}

/** How numbers are written in a language. */
export interface NumberWords {
  /** `number` has commas between thousands and a point before decimals. */
  number: (number: string) => string;
  /** The note that a number was rounded, from the exact one as text. */
  rounded: (exact: string, rounding: RoundingMode) => string;
}

const ROUNDING_NOTES = { HALF_EVEN: '', DOWN: ' down', UP: ' up' };

const ENGLISH: NumberWords = {
  number: (number) => number,
  rounded: (exact, rounding) => `rounded${ROUNDING_NOTES[rounding]} from ${exact}`,
};

/**
 * A decimal with thousands separators, rounded only if `places` is given: -1 rounds to tens. Use DOWN for a lower bound, UP for an upper
 * one. It is written as in English unless other words are given.
 */
export function decimalText(
  value: string,
  {
    places,
    rounding = 'HALF_EVEN',
    words = ENGLISH,
  }: { places?: number; rounding?: RoundingMode; words?: NumberWords } = {},
): DecimalText {
  const exact = parseDecimal(value);
  const format = (decimal: ExactDecimal): string => words.number(formatDecimal(decimal));
  if (places === undefined || places >= exact.places) return { text: format(exact), note: null };
  const divisor = 10n ** BigInt(exact.places - places);
  const units = divideRounded(exact.units, divisor, rounding);
  const isRounded = units * divisor !== exact.units;
  return {
    text: format(places < 0 ? { units: units * 10n ** BigInt(-places), places: 0 } : { units, places }),
    note: isRounded ? words.rounded(format(exact), rounding) : null,
  };
}

function divideRounded(units: bigint, divisor: bigint, rounding: RoundingMode): bigint {
  const remainder = ((units % divisor) + divisor) % divisor;
  const floor = (units - remainder) / divisor;
  if (remainder === 0n || rounding === 'DOWN') return floor;
  if (rounding === 'UP') return floor + 1n;
  const half = 2n * remainder - divisor;
  return half > 0n || (half === 0n && floor % 2n !== 0n) ? floor + 1n : floor;
}

function formatDecimal({ units, places }: ExactDecimal): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${units < 0n ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
}
