import type { CodePointText } from '@dossier/domain';
import { listOf, passageOf, type RawRecord, textOf } from './seedRecords.js';
import { type Word, wordsOf } from './words.js';

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

/** Whether two spans have a character in common. */
export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

const ABBREVIATED = new Set('mr mrs ms dr prof gen col lt sgt capt st no vs u s d c p'.split(' '));

/** Whether a capital letter of a word may be due to its position only. */
export function beginsSentence({ content, words }: Paragraph, index: number): boolean {
  const [before, word] = [words[index - 1], words[index]];
  if (!before || !word) return true;
  const gap = content.slice(before.end, word.start);
  if (/[!?…:;\n]|["“«„'‘(]\s*$/u.test(gap)) return true;
  return gap.includes('.') && !ABBREVIATED.has(before.folded);
}
