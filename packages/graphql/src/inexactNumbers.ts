/** Matches any text with an inexact number: one with many digits or a large exponent. Most texts have neither. */
const MAYBE_INEXACT = /\d{16}|\d[eE]\+?\d{3}/;
const [QUOTE, BACKSLASH, MINUS, ZERO, NINE] = [34, 92, 45, 48, 57];

/** Start and end of a number in a text, in UTF-16 units. */
export type NumberSpan = readonly [start: number, end: number];

/**
 * The numbers of a JSON text that `JSON.parse` would change: integers that a JavaScript number cannot represent, and
 * numbers too large for one. Decimals are rounded, as GraphQL's Float is, and not listed. The text may be invalid JSON.
 */
export function inexactNumbers(text: string): NumberSpan[] {
  const spans: NumberSpan[] = [];
  if (!MAYBE_INEXACT.test(text)) return spans;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = endOfNumber(text, at);
      if (!isExactNumber(text.slice(at, end))) spans.push([at, end]);
      at = end - 1;
    }
  }
  return spans;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && '0123456789.eE+-'.includes(text[at] as string)) at++;
  return at;
}

/** Whether a JavaScript number has the value of a JSON number, up to the rounding of decimals. */
export function isExactNumber(number: string): boolean {
  const value = Number(number);
  if (!Number.isFinite(value)) return false;
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(number) || BigInt(value) === BigInt(number);
}
