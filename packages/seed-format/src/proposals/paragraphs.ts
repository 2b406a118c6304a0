import { type CodePointText, countBelow } from '@dossier/domain/facts';
import { listOf, passageOf, type RawRecord, textOf } from './seedRecords.js';
import { graphemesOf, type Word, wordsOf } from './words.js';

/** A paragraph of a mounted text. Offsets into it are in UTF-16 units of `content`. */
export interface Paragraph {
  number: number;
  role: string;
  content: string;
  words: Word[];
  /** The position in the document, in code points, of an offset. */
  positionOf: (unit: number) => number;
}

/** A part of a paragraph, in UTF-16 units of its content. */
export interface Span {
  start: number;
  end: number;
}

export function paragraphsOf(document: RawRecord, text: CodePointText): Paragraph[] {
  return listOf(document['paragraphs']).flatMap((record, index) => {
    const passage = passageOf(record);
    if (!passage) return [];
    const content = text.slice(...passage.at);
    const before = text.slice(0, passage.at[0]).length;
    return {
      number: typeof record['number'] === 'number' ? record['number'] : index + 1,
      role: textOf(record['role']) ?? '',
      content,
      words: wordsOf(content),
      positionOf: (unit: number) => text.positionOf(before + unit),
    };
  });
}

/**
 * The content in NFC, for patterns that are written so, and a function that returns the span of the original. Most texts are in NFC.
 */
export function composed(content: string): { content: string; original: <S extends Span>(span: S) => S } {
  if (content.normalize('NFC') === content) return { content, original: (span) => span };
  const starts: number[] = [];
  let text = '';
  for (const { start, text: grapheme } of graphemesOf(content)) {
    const piece = grapheme.normalize('NFC');
    for (let unit = 0; unit < piece.length; unit += 1) starts.push(start);
    text += piece;
  }
  starts.push(content.length);
  const at = (unit: number): number => starts[unit] ?? content.length;
  return { content: text, original: (span) => ({ ...span, start: at(span.start), end: at(span.end) }) };
}

/** Whether two spans have a character in common. */
export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Returns a function that says whether a span overlaps any of the given ones, in logarithmic time. */
export function coverOf(spans: readonly Span[]): (span: Span) => boolean {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  const starts = sorted.map(({ start }) => start);
  let last = 0;
  const lastEnds = sorted.map(({ end }) => {
    last = Math.max(last, end);
    return last;
  });
  return ({ start, end }) => (lastEnds[countBelow(starts, end) - 1] ?? 0) > start;
}

const ABBREVIATED = new Set('mr mrs ms dr prof gen col lt sgt capt st no vs u s d c p'.split(' '));

/** Whether a capital letter of a word may be due to its position only. */
export function beginsSentence({ content, words }: Paragraph, index: number): boolean {
  const [before, word] = [words[index - 1], words[index]];
  if (!before || !word) return true;
  const gap = content.slice(before.end, word.start);
  if (/[!?…:;\n]|["“«„'‘(]\s*$/u.test(gap)) return true;
  return gap.includes('.') && !ABBREVIATED.has(before.folded);
}
