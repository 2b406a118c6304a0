import { InexactNumber } from '@dossier/execution';
import { inexactNumbers, type NumberSpan } from '@dossier/graphql';

export interface ParsedJson {
  value: unknown;
  /** Whether the value contains an InexactNumber. */
  hasInexactNumbers: boolean;
}

/** Prefix of the strings that replace inexact numbers for JSON.parse. */
const MARK = '\u0000number:';

/**
 * Parses JSON without rounding numbers: those that a JavaScript number cannot represent become an InexactNumber. They are
 * replaced before parsing, since the reviver of JSON.parse does not get the source text on Node 20. Throws a SyntaxError.
 */
export function parseExactly(text: string): ParsedJson {
  const spans = inexactNumbers(text);
  if (spans.length === 0) return { value: JSON.parse(text), hasInexactNumbers: false };
  const value: unknown = JSON.parse(mark(text, spans), (_key, entry: unknown) =>
    typeof entry === 'string' && entry.startsWith(MARK) ? new InexactNumber(entry.slice(MARK.length)) : entry,
  );
  return { value, hasInexactNumbers: true };
}

/** Replaces the numbers with marked strings. */
function mark(text: string, spans: readonly NumberSpan[]): string {
  let marked = '';
  let copied = 0;
  for (const [start, end] of spans) {
    marked += text.slice(copied, start) + JSON.stringify(MARK + text.slice(start, end));
    copied = end;
  }
  return marked + text.slice(copied);
}
