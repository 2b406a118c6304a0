import { type ExactDecimal, parseDecimal } from './decimal.js';

export type RoundingMode = 'HALF_EVEN' | 'DOWN' | 'UP';

export interface DecimalText {
  text: string;
  /** What rounding took away; null where every digit is shown. */
  note: string | null;
}

/** With thousands set off, and rounded only where places are asked for: DOWN for a lower bound, UP for an upper one. */
export function decimalText(
  value: string,
  { places, rounding = 'HALF_EVEN' }: { places?: number; rounding?: RoundingMode } = {},
): DecimalText {
  const exact = parseDecimal(value);
  if (places === undefined || places >= exact.places) return { text: written(exact), note: null };
  const divisor = 10n ** BigInt(exact.places - places);
  const units = divided(exact.units, divisor, rounding);
  const lost = units * divisor !== exact.units;
  return { text: written({ units, places }), note: lost ? `rounded${HOW[rounding]} from ${written(exact)}` : null };
}

const HOW = { HALF_EVEN: '', DOWN: ' down', UP: ' up' };

function divided(units: bigint, divisor: bigint, rounding: RoundingMode): bigint {
  const remainder = ((units % divisor) + divisor) % divisor;
  const floor = (units - remainder) / divisor;
  if (remainder === 0n || rounding === 'DOWN') return floor;
  if (rounding === 'UP') return floor + 1n;
  const half = 2n * remainder - divisor;
  return half > 0n || (half === 0n && floor % 2n !== 0n) ? floor + 1n : floor;
}

function written({ units, places }: ExactDecimal): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${units < 0n ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
}
