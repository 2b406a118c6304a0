import { InexactNumber } from '@dossier/execution';

export interface ParsedJson {
  value: unknown;
  /** Whether there are an InexactNumber or several in it. */
  hasInexactNumbers: boolean;
}

/** What may stand in a number that is not exact: many digits, or a large exponent. Most responses have neither. */
const SUSPECT = /\d{16}|\d[eE]\+?\d{3}/;
/** Begins a string that stands for a number while the text is parsed. */
const MARK = '\u0000number:';
const [QUOTE, BACKSLASH, MINUS, ZERO, NINE] = [34, 92, 45, 48, 57];

/** Parses JSON without altering a number: Node 20 does not tell how one was written, so that those in question are found first. Throws as JSON.parse does. */
export function parseExactly(text: string): ParsedJson {
  if (!SUSPECT.test(text)) return { value: JSON.parse(text), hasInexactNumbers: false };
  const marked = markInexact(text);
  if (marked === text) return { value: JSON.parse(text), hasInexactNumbers: false };
  const value: unknown = JSON.parse(marked, (_key, entry: unknown) =>
    typeof entry === 'string' && entry.startsWith(MARK) ? new InexactNumber(entry.slice(MARK.length)) : entry,
  );
  return { value, hasInexactNumbers: true };
}

/** Puts strings in place of numbers that are not exact, outside of strings. */
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
