/** A passage: half-open `[start, end)` in Unicode code points of a document. */
export interface Passage {
  document: string;
  start: number;
  end: number;
}

// Canonical numerals only: one passage has one id.
const CITATION = /^citation:([^#\s]+)#char=(0|[1-9]\d*),(0|[1-9]\d*)$/;

/** `citation:<document>#char=<start>,<end>`, the selector of RFC 5147. */
export function citationId(document: string, start: number, end: number): string {
  return `citation:${document.replace(/^document:/, '')}#char=${start},${end}`;
}

/** The passage that an id selects; `null` where the id is malformed or the passage empty. That it lies in the document is not said. */
export function parseCitationId(id: string): Passage | null {
  const match = CITATION.exec(id);
  if (!match) return null;
  const [, slug, start, end] = match;
  const passage = { document: `document:${slug}`, start: Number(start), end: Number(end) };
  return passage.start < passage.end && Number.isSafeInteger(passage.end) ? passage : null;
}
