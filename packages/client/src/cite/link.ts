import { type CitedPassage, positionOf } from './passage.js';

/**
 * The passage in a plain text at this address, as RFC 5147 has it: `https://…/text.txt#char=120,164`. A fragment that
 * the address already has is replaced.
 */
export function citationLink(citation: Pick<CitedPassage, 'id'>, documentUrl: string): string {
  const { start, end } = positionOf(citation);
  return `${documentUrl.replace(/#.*$/s, '')}#char=${start},${end}`;
}
