/** A passage of a document: the half-open range `[start, end)` in Unicode code points. */
export interface Passage {
  document: string;
  start: number;
  end: number;
}

// Only canonical numerals, so that a passage has exactly one id.
const CITATION = /^citation:([^#\s]+)#char=(0|[1-9]\d*),(0|[1-9]\d*)$/;

/** `citation:<document>#char=<start>,<end>`, with a fragment identifier of RFC 5147: https://www.rfc-editor.org/rfc/rfc5147 */
export function citationId(document: string, start: number, end: number): string {
  return `citation:${document.replace(/^document:/, '')}#char=${start},${end}`;
}

/** The passage that an id selects; null if the id is malformed or the passage is empty. Does not check that the document contains it. */
export function parseCitationId(id: string): Passage | null {
  const match = CITATION.exec(id);
  if (!match) return null;
  const [, slug, start, end] = match;
  const passage = { document: `document:${slug}`, start: Number(start), end: Number(end) };
  return passage.start < passage.end && Number.isSafeInteger(passage.end) ? passage : null;
}
