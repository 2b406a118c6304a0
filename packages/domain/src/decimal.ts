import { Decimal } from 'decimal.js';

// Enough digits for exact inputs, and for quotients well beyond the digits that are displayed.
export const ExactDecimal = Decimal.clone({ precision: 60, toExpNeg: -60, toExpPos: 60 });

/** Maximum length of a decimal in UTF-16 units. Multiplication takes quadratic time. */
const MAX_LENGTH = 1000;
const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** Parses an exact decimal. Throws a RangeError if the text has an exponent, a leading zero or plus, or is not a finite number. */
export function parseDecimal(text: string): Decimal {
  if (text.length > MAX_LENGTH)
    throw new RangeError(
      `a text of ${text.length} characters is not a decimal; expected at most ${MAX_LENGTH}, digits with at most one point.`,
    );
  if (!DECIMAL.test(text))
    throw new RangeError(
      `"${text}" is not a decimal; expected digits with at most one point, e.g. 42740000 or -10.77.`,
    );
  return new ExactDecimal(text);
}
