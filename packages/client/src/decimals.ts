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

/**
 * A decimal with thousands separators, rounded only if `places` is given: -1 rounds to tens. Use DOWN for a lower bound, UP for an upper
 * one.
 */
export function decimalText(
  value: string,
  { places, rounding = 'HALF_EVEN' }: { places?: number; rounding?: RoundingMode } = {},
): DecimalText {
  const exact = parseDecimal(value);
  if (places === undefined || places >= exact.places) return { text: formatDecimal(exact), note: null };
  const divisor = 10n ** BigInt(exact.places - places);
  const units = divideRounded(exact.units, divisor, rounding);
  const isRounded = units * divisor !== exact.units;
  return {
    text: formatDecimal(places < 0 ? { units: units * 10n ** BigInt(-places), places: 0 } : { units, places }),
    note: isRounded ? `rounded${ROUNDING_NOTES[rounding]} from ${formatDecimal(exact)}` : null,
  };
}

const ROUNDING_NOTES = { HALF_EVEN: '', DOWN: ' down', UP: ' up' };

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
