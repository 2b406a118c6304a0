import { InexactNumber } from '@dossier/execution';

export interface ParsedJson {
  value: unknown;
  /** Whether the value contains an InexactNumber. */
  hasInexactNumbers: boolean;
}

/** Matches any text with an inexact number: one with many digits or a large exponent. Most responses have neither. */
const MAYBE_INEXACT = /\d{16}|\d[eE]\+?\d{3}/;
/** Prefix of the strings that replace inexact numbers for JSON.parse. */
const MARK = '\u0000number:';
const [QUOTE, BACKSLASH, MINUS, ZERO, NINE] = [34, 92, 45, 48, 57];

/**
 * Parses JSON without rounding numbers: those that a JavaScript number cannot represent become an InexactNumber. They are
 * replaced before parsing, since the reviver of JSON.parse does not get the source text on Node 20. Throws a SyntaxError.
 */
export function parseExactly(text: string): ParsedJson {
  if (!MAYBE_INEXACT.test(text)) return { value: JSON.parse(text), hasInexactNumbers: false };
  const marked = markInexact(text);
  if (marked === text) return { value: JSON.parse(text), hasInexactNumbers: false };
  const value: unknown = JSON.parse(marked, (_key, entry: unknown) =>
    typeof entry === 'string' && entry.startsWith(MARK) ? new InexactNumber(entry.slice(MARK.length)) : entry,
  );
  return { value, hasInexactNumbers: true };
}

/** Replaces inexact numbers outside of strings with marked strings. */
function markInexact(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = endOfNumber(text, at);
      const number = text.slice(at, end);
      if (!isExact(number)) {
        parts.push(text.slice(copied, at), JSON.stringify(MARK + number));
        copied = end;
      }
      at = end - 1;
    }
  }
  return copied === 0 ? text : parts.join('') + text.slice(copied);
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

function isExact(number: string): boolean {
  const value = Number(number);
  if (!Number.isFinite(value)) return false;
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(number) || BigInt(value) === BigInt(number);
}
