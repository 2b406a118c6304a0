/** What may differ between the words in a command and in a text. */
export type Difference = 'case' | 'white space' | 'quotation marks';

const DIFFERENCES: readonly Difference[] = ['case', 'white space', 'quotation marks'];
const QUOTATION_MARK = /["'`´\u2018-\u201f\u2032\u2033\u00ab\u00bb\u2039\u203a]/u;

interface Folded {
  text: string;
  /** For each UTF-16 unit of the folded text, the start and end of the original characters. */
  starts: number[];
  ends: number[];
}

/** The first occurrence of the words, ignoring case, white space and quotation marks, in UTF-16 units of the text; null if there is none. */
export function findFolded(
  text: string,
  words: string,
): { start: number; end: number; differences: Difference[] } | null {
  const folded = fold(text, DIFFERENCES);
  const wanted = fold(words.trim(), DIFFERENCES).text;
  const unit = wanted === '' ? -1 : folded.text.indexOf(wanted);
  const start = folded.starts[unit];
  const end = folded.ends[unit + wanted.length - 1];
  if (start === undefined || end === undefined) return null;
  return { start, end, differences: differencesOf(words, text.slice(start, end)) };
}

/** The kinds of differences that must be ignored for the two to be equal. */
function differencesOf(words: string, found: string): Difference[] {
  return DIFFERENCES.filter((difference) => {
    const others = DIFFERENCES.filter((other) => other !== difference);
    return fold(words, others).text !== fold(found, others).text;
  });
}

function fold(text: string, differences: readonly Difference[]): Folded {
  const [anyCase, anySpace, anyMark] = DIFFERENCES.map((difference) => differences.includes(difference));
  const folded: Folded = { text: '', starts: [], ends: [] };
  let unit = 0;
  for (const piece of text.match(anySpace ? /\s+|[^\s]/gu : /[\s\S]/gu) ?? []) {
    let character = piece;
    if (anySpace && /^\s/u.test(piece)) character = ' ';
    else if (anyMark && QUOTATION_MARK.test(piece)) character = '"';
    else if (anyCase) character = piece.toLowerCase();
    for (let index = 0; index < character.length; index += 1) {
      folded.starts.push(unit);
      folded.ends.push(unit + piece.length);
    }
    folded.text += character;
    unit += piece.length;
  }
  return folded;
}
