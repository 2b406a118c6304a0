/** Paragraphs per part of a long document, so that a page stays small. */
const PART_SIZE = 80;

/** The number of parts that a document is shown in. */
export const partCount = (paragraphs: readonly unknown[]): number =>
  Math.max(1, Math.ceil(paragraphs.length / PART_SIZE));

/** The paragraphs of a part, from 1; of the first or last one for a number that is out of range. */
export function partOf<TParagraph>(paragraphs: readonly TParagraph[], part: number): TParagraph[] {
  const index = Math.min(Math.max(1, Math.trunc(part) || 1), partCount(paragraphs)) - 1;
  return paragraphs.slice(index * PART_SIZE, (index + 1) * PART_SIZE);
}

/** The part with a position of the text. */
export function partAt(paragraphs: readonly { start: number; end: number }[], position: number): number {
  const index = paragraphs.findLastIndex(({ start }) => start <= position);
  return Math.floor(Math.max(0, index) / PART_SIZE) + 1;
}
