import type { CitedDocumentFragment } from '../generated/graphql.js';

/** A passage as the evidence of a fact gives it; its words only where the operator has mounted them. */
export interface CitedPassage {
  id: string;
  paragraph?: number | null;
  excerpt?: string | null;
}

/** A passage with what a bibliography needs of its document. */
export interface PassageOfDocument extends CitedPassage {
  document: CitedDocumentFragment;
}

/** Where a passage stands, in Unicode code points from 0; `end` is the position after the last. */
export interface Position {
  document: string;
  start: number;
  end: number;
}

/** Read from the id alone, which is the selector (RFC 5147), so that it is there even when the passage could not be had. */
export function positionOf({ id }: Pick<CitedPassage, 'id'>): Position {
  const [, document, start, end] = /^citation:([^#]+)#char=(\d+),(\d+)$/.exec(id) ?? [];
  if (document === undefined)
    throw new RangeError(`"${id}" is not the id of a citation; expected "citation:<document>#char=<start>,<end>".`);
  return { document: `document:${document}`, start: Number(start), end: Number(end) };
}
