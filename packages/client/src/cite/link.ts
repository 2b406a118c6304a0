import { type CitedPassage, positionOf } from './passage.js';

/**
 * A link to the passage in a plain text (RFC 5147): `https://…/text.txt#char=120,164`. A fragment that
 * the URL already has is replaced.
 */
export function citationLink(citation: Pick<CitedPassage, 'id'>, documentUrl: string): string {
  const { start, end } = positionOf(citation);
  return `${documentUrl.replace(/#.*$/s, '')}#char=${start},${end}`;
}
