import type { CitedDocumentFragment } from '../generated/graphql.js';

/** A citation of a fact. `excerpt` is null unless the text of the document is mounted. */
export interface CitedPassage {
  id: string;
  paragraph?: number | null;
  excerpt?: string | null;
}

/** A citation with the document fields that a bibliography needs. */
export interface PassageOfDocument extends CitedPassage {
  document: CitedDocumentFragment;
}

/** The position of a passage, in Unicode code points from 0; `end` is exclusive. */
export interface Position {
  document: string;
  start: number;
  end: number;
}

/** Parses the position from the id, which is a selector (RFC 5147), so that it is known even if the citation could not be loaded. Throws a RangeError for another id. */
export function positionOf({ id }: Pick<CitedPassage, 'id'>): Position {
  const [, document, start, end] = /^citation:([^#]+)#char=(\d+),(\d+)$/.exec(id) ?? [];
  if (document === undefined)
    throw new RangeError(`"${id}" is not the id of a citation; expected "citation:<document>#char=<start>,<end>".`);
  return { document: `document:${document}`, start: Number(start), end: Number(end) };
}
