import { type CitedPassage, positionOf } from './passage.js';

/**
 * A W3C Web Annotation in JSON-LD (https://www.w3.org/TR/annotation-model/). Positions count code points, not the UTF-16 units of a JavaScript
 * string. The words are quoted only if the citation has an excerpt. `about` is the id of the fact that cites the passage, `id` the URL of the
 * annotation.
 */
export function citationAnnotation(
  citation: CitedPassage,
  { id, about, documentUrl }: { id?: string; about?: string; documentUrl?: string } = {},
) {
  const { document, start, end } = positionOf(citation);
  const position = { type: 'TextPositionSelector', start, end } as const;
  const quote = citation.excerpt ? [{ type: 'TextQuoteSelector', exact: citation.excerpt } as const] : [];
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    ...(id !== undefined && { id }),
    type: 'Annotation',
    motivation: about === undefined ? 'highlighting' : 'linking',
    ...(about !== undefined && { body: about }),
    target: { source: documentUrl ?? document, selector: [position, ...quote] },
  } as const;
}
