import { codePointOf } from './invisible.js';
import type { Path } from './problem.js';

/**
 * Characters that no text of a record may have: control characters other than tabs and line breaks, surrogates without the other half, and
 * noncharacters. PostgreSQL rejects U+0000, no encoding has a lone surrogate, and none of them can be seen or searched for.
 */
const UNSTORABLE = /(?![\t\n\r\u0085])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** What is wrong with a text that has such a character, and what was expected; null if it has none. */
function unstorableProblem(text: string): string | null {
  const found = UNSTORABLE.exec(text);
  if (!found) return null;
  const place = [...text.slice(0, found.index)].length + 1;
  return `${codePointOf(found[0])} as character ${place}; expected a text without control characters, lone surrogates and noncharacters.`;
}

/** The texts with such characters in a record as it was read. */
export const unstorableTexts = (record: unknown): { path: Path; message: string }[] =>
  // Paths take longer than the search, and few records need them.
  hasUnstorable(record) ? [...textsIn(record, [])] : [];

const hasUnstorable = (value: unknown): boolean =>
  typeof value === 'string'
    ? UNSTORABLE.test(value)
    : typeof value === 'object' && value !== null && Object.values(value).some(hasUnstorable);

function* textsIn(value: unknown, path: Path): Generator<{ path: Path; message: string }> {
  if (typeof value === 'string') {
    const message = unstorableProblem(value);
    if (message !== null) yield { path, message };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsIn(item, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* textsIn(item, [...path, key]);
  }
}
