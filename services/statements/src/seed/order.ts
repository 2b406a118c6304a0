/** Puts passages in order of the text as plain text: by document, by start, the longer first. */
export function passageKey(document: string, [start, end]: readonly [number, number], tie: string): string {
  return `${document} ${padded(start)} ${padded(LAST - end)} ${tie}`;
}

const LAST = 999_999_999;
const padded = (position: number): string => String(position).padStart(9, '0');

/** Of a record that belongs to a document: everything that a text says does. */
export function documentOf({ id, origin }: { id: string; origin: { document: string | null } }): string {
  if (origin.document === null) throw new Error(`${id} belongs to no document.`);
  return origin.document;
}

export const citationsOf = ({ passages }: { passages: { citation: string }[] }): string[] =>
  passages.map((passage) => passage.citation);
