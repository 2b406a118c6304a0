/** A range of code points of a document; `end` is not included. */
export interface Span {
  start: number;
  end: number;
}

const QUOTES: Record<string, string> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
};

/** A code point as it is compared: without case, accents, and forms of quotation marks and white space. */
const fold = (point: string): string =>
  /\s/u.test(point) ? ' ' : (QUOTES[point] ?? point.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());

/** Folded text, with the position of each of its UTF-16 units among the code points. */
function folded(text: string): { text: string; positions: number[] } {
  let result = '';
  const positions: number[] = [];
  let position = 0;
  for (const point of text) {
    const next = fold(point);
    // Several characters of white space match one.
    if (!(next === ' ' && result.endsWith(' '))) {
      result += next;
      for (let unit = 0; unit < next.length; unit++) positions.push(position);
    }
    position++;
  }
  positions.push(position);
  return { text: result, positions };
}

/** Where words occur in a text that begins at `origin`. Case, accents, forms of quotation marks and amounts of white space may differ. */
export function findIn(text: string, origin: number, words: string): Span[] {
  const sought = folded(words.trim()).text;
  if (sought === '') return [];
  const { text: within, positions } = folded(text);
  const found: Span[] = [];
  for (let at = within.indexOf(sought); at >= 0; at = within.indexOf(sought, at + sought.length))
    found.push({
      start: origin + (positions[at] ?? 0),
      end: origin + (positions[at + sought.length - 1] ?? 0) + 1,
    });
  return found;
}

/** Whether words occur in a text, compared in the same way. */
export const occursIn = (text: string, words: string): boolean => findIn(text, 0, words).length > 0;
