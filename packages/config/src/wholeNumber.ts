interface WholeNumberOptions {
  /** What is counted, e.g. `milliseconds`; for the error. */
  unit?: string;
  /** 0 by default. */
  min?: 0 | 1;
  /** Unlimited by default. */
  max?: number;
  maxDigits: number;
  /** A valid value, for the error. */
  example?: number;
}

/** A parser of whole numbers in decimal digits. It throws an error that says what was expected. */
export function wholeNumber({ unit, min = 0, max, maxDigits, example }: WholeNumberOptions): (text: string) => number {
  const pattern = new RegExp(min === 0 ? `^\\d{1,${maxDigits}}$` : `^[1-9]\\d{0,${maxDigits - 1}}$`);
  const expected = [
    `expected a whole number${unit === undefined ? '' : ` of ${unit}`}`,
    ...(min === 0 ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
    ...(example === undefined ? [] : [`e.g. ${example}`]),
  ].join(', ');
  return (text) => {
    const value = Number(text);
    if (!pattern.test(text) || (max !== undefined && value > max)) throw new Error(`${expected}.`);
    return value;
  };
}

/** A parser of sizes in megabytes. Returns bytes. */
export function megabytes(options: Omit<WholeNumberOptions, 'unit'>): (text: string) => number {
  const parse = wholeNumber({ unit: 'megabytes', ...options });
  return (text) => parse(text) * 1024 * 1024;
}
