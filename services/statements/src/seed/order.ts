/** A key that sorts passages as text by document, by start, and the longer of two with the same start first. `tie` makes it unique. */
export function passageKey(document: string, [start, end]: readonly [number, number], tie: string): string {
  return `${document} ${padded(start)} ${padded(MAX_POSITION - end)} ${tie}`;
}

const MAX_POSITION = 999_999_999;
const padded = (position: number): string => String(position).padStart(9, '0');

/** The document that a record belongs to. Throws if it belongs to none, as background facts do. */
export function documentOf({ id, origin }: { id: string; origin: { document: string | null } }): string {
  if (origin.document === null) throw new Error(`${id} does not belong to a document.`);
  return origin.document;
}

export const citationsOf = ({ passages }: { passages: { citation: string }[] }): string[] =>
  passages.map((passage) => passage.citation);
