import { Decimal } from 'decimal.js';

// Exact inputs, and intermediate quotients far beyond any digit that is shown.
export const ExactDecimal = Decimal.clone({ precision: 60, toExpNeg: -60, toExpPos: 60 });

const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** An exact decimal. Throws a RangeError that names what was wrong: no exponent, no leading zero or plus, no `NaN`. */
export function parseDecimal(text: string): Decimal {
  if (!DECIMAL.test(text)) throw new RangeError(`"${text}" is not a decimal; expected digits with at most one point, e.g. 42740000 or -10.77.`);
  return new ExactDecimal(text);
}
