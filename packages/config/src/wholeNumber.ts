interface WholeNumberOptions {
  /** What is counted, e.g. `milliseconds`; for the error. */
  unit?: string;
  /** 0 by default. */
  min?: 0 | 1;
  maxDigits: number;
  /** A valid value, for the error. */
  example?: number;
}

/** A parser of whole numbers in decimal digits. It throws an error that says what was expected. */
export function wholeNumber({ unit, min = 0, maxDigits, example }: WholeNumberOptions): (text: string) => number {
  const pattern = new RegExp(min === 0 ? `^\\d{1,${maxDigits}}$` : `^[1-9]\\d{0,${maxDigits - 1}}$`);
  const expected = [
    `expected a whole number${unit === undefined ? '' : ` of ${unit}`}`,
    ...(min === 0 ? [] : [`at least ${min}`]),
    ...(example === undefined ? [] : [`e.g. ${example}`]),
  ].join(', ');
  return (text) => {
    if (!pattern.test(text)) throw new Error(`${expected}.`);
    return Number(text);
  };
}
