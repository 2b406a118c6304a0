const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** An exact number: `units` divided by ten to the power of `places`. No digit passes through a float. */
export interface ExactDecimal {
  units: bigint;
  places: number;
}

/** Throws a RangeError that names the text where it is no decimal of the graph. */
export function parseDecimal(text: string): ExactDecimal {
  const [, sign, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === undefined)
    throw new RangeError(
      `"${text}" is not a decimal; expected digits with at most one point, e.g. 42740000 or -10.77.`,
    );
  return { units: BigInt(`${sign}${whole}${fraction}`), places: fraction.length };
}

/** Negative, zero or positive, as `sort` wants it. */
export function compareDecimals(left: string, right: string): number {
  const a = parseDecimal(left);
  const b = parseDecimal(right);
  const difference = a.units * 10n ** BigInt(b.places) - b.units * 10n ** BigInt(a.places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
