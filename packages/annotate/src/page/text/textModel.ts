/** A paragraph with its words. Positions are code points of the whole document. */
export interface TextParagraph {
  number: number;
  start: number;
  end: number;
  text: string;
}

export type Unit = 'character' | 'word' | 'sentence' | 'paragraph' | 'document';

interface Boundaries {
  /** Each position between two graphemes. */
  characters: number[];
  wordStarts: number[];
  wordEnds: number[];
  sentenceStarts: number[];
  sentenceEnds: number[];
}

/** The text of a document for a caret: characters, words and sentences of any script, in code points. */
export class TextModel {
  readonly paragraphs: readonly TextParagraph[];
  readonly #boundaries = new Map<number, Boundaries>();
  readonly #points = new Map<number, string[]>();

  constructor(paragraphs: readonly TextParagraph[]) {
    this.paragraphs = paragraphs;
  }

  get start(): number {
    return this.paragraphs[0]?.start ?? 0;
  }

  get end(): number {
    return this.paragraphs.at(-1)?.end ?? 0;
  }

  /** The paragraph that a position is in or, between two, the one after it. */
  paragraphAt(position: number): TextParagraph | undefined {
    return this.paragraphs.find(({ end }) => position <= end) ?? this.paragraphs.at(-1);
  }

  /** The words of a range within one paragraph. */
  slice(start: number, end: number): string {
    const paragraph = this.paragraphAt(start);
    if (!paragraph) return '';
    return this.pointsOf(paragraph)
      .slice(Math.max(0, start - paragraph.start), Math.max(0, end - paragraph.start))
      .join('');
  }

  pointsOf(paragraph: TextParagraph): readonly string[] {
    let points = this.#points.get(paragraph.number);
    if (!points) {
      points = [...paragraph.text];
      this.#points.set(paragraph.number, points);
    }
    return points;
  }

  /** The next position of the caret: words and sentences are left at their end forwards, and at their start backwards. */
  move(position: number, unit: Unit, isForward: boolean): number {
    if (unit === 'document') return isForward ? this.end : this.start;
    const paragraph = this.paragraphAt(position);
    if (!paragraph) return position;
    const index = this.paragraphs.indexOf(paragraph);
    const neighbour = this.paragraphs[index + (isForward ? 1 : -1)];
    if (unit === 'paragraph') {
      if (isForward) return position < paragraph.end ? paragraph.end : (neighbour?.end ?? position);
      return position > paragraph.start ? paragraph.start : (neighbour?.start ?? position);
    }
    const stops = stopsOf(this.#boundariesOf(paragraph), unit, isForward);
    const next = isForward ? stops.find((stop) => stop > position) : stops.findLast((stop) => stop < position);
    if (next !== undefined) return next;
    if (unit === 'character') return (isForward ? neighbour?.start : neighbour?.end) ?? position;
    // Out of the paragraph: the first or last stop of the next one.
    if (!neighbour) return isForward ? paragraph.end : paragraph.start;
    const others = stopsOf(this.#boundariesOf(neighbour), unit, isForward);
    return (isForward ? others[0] : others.at(-1)) ?? (isForward ? neighbour.end : neighbour.start);
  }

  /** The word, sentence or paragraph around a position; null if there is none. */
  around(position: number, unit: 'word' | 'sentence' | 'paragraph'): { start: number; end: number } | null {
    const paragraph = this.paragraphAt(position);
    if (!paragraph) return null;
    if (unit === 'paragraph') return { start: paragraph.start, end: paragraph.end };
    const boundaries = this.#boundariesOf(paragraph);
    const [starts, ends] =
      unit === 'word'
        ? [boundaries.wordStarts, boundaries.wordEnds]
        : [boundaries.sentenceStarts, boundaries.sentenceEnds];
    const index = ends.findIndex((end) => position <= end);
    const [start, end] = [starts[index], ends[index]];
    return start === undefined || end === undefined ? null : { start, end };
  }

  /** The nearest position that is not inside a character. */
  snap(position: number, isForward: boolean): number {
    const paragraph = this.paragraphAt(position);
    if (!paragraph) return position;
    const { characters } = this.#boundariesOf(paragraph);
    const stop = isForward
      ? characters.find((each) => each >= position)
      : characters.findLast((each) => each <= position);
    return stop ?? (isForward ? paragraph.end : paragraph.start);
  }

  #boundariesOf(paragraph: TextParagraph): Boundaries {
    let found = this.#boundaries.get(paragraph.number);
    if (!found) {
      found = boundariesIn(paragraph);
      this.#boundaries.set(paragraph.number, found);
    }
    return found;
  }
}

function stopsOf(boundaries: Boundaries, unit: 'character' | 'word' | 'sentence', isForward: boolean): number[] {
  if (unit === 'character') return boundaries.characters;
  if (unit === 'word') return isForward ? boundaries.wordEnds : boundaries.wordStarts;
  return isForward ? boundaries.sentenceEnds : boundaries.sentenceStarts;
}

const segmenterOf = (granularity: 'grapheme' | 'word' | 'sentence') => new Intl.Segmenter('und', { granularity });
const CHARACTERS = segmenterOf('grapheme');
const WORDS = segmenterOf('word');
const SENTENCES = segmenterOf('sentence');

const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
};

function boundariesIn({ text, start }: TextParagraph): Boundaries {
  const boundaries: Boundaries = {
    characters: [start],
    wordStarts: [],
    wordEnds: [],
    sentenceStarts: [],
    sentenceEnds: [],
  };
  let position = start;
  for (const { segment } of CHARACTERS.segment(text)) {
    position += lengthOf(segment);
    boundaries.characters.push(position);
  }
  position = start;
  for (const { segment, isWordLike } of WORDS.segment(text)) {
    const length = lengthOf(segment);
    if (isWordLike) {
      boundaries.wordStarts.push(position);
      boundaries.wordEnds.push(position + length);
    }
    position += length;
  }
  position = start;
  for (const { segment } of SENTENCES.segment(text)) {
    const length = lengthOf(segment);
    const before = lengthOf(/^\s*/u.exec(segment)?.[0] ?? '');
    const after = lengthOf(/\s*$/u.exec(segment)?.[0] ?? '');
    if (before < length) {
      boundaries.sentenceStarts.push(position + before);
      boundaries.sentenceEnds.push(position + length - after);
    }
    position += length;
  }
  return boundaries;
}

const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Whether a paragraph runs from right to left: its first letter does. */
export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);
