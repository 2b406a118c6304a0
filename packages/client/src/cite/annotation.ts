import { type CitedPassage, positionOf } from './passage.js';

/**
 * A W3C Web Annotation in JSON-LD (https://www.w3.org/TR/annotation-model/). Positions count code points, not the UTF-16 units of a JavaScript
 * string. The words are quoted only if the citation has an excerpt. `about` is the id of the fact that cites the passage.
 */
export function citationAnnotation(
  citation: CitedPassage,
  { about, documentUrl }: { about?: string; documentUrl?: string } = {},
) {
  const { document, start, end } = positionOf(citation);
  const position = { type: 'TextPositionSelector', start, end } as const;
  const quote = citation.excerpt ? [{ type: 'TextQuoteSelector', exact: citation.excerpt } as const] : [];
  return {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    motivation: about === undefined ? 'highlighting' : 'linking',
    ...(about !== undefined && { body: about }),
    target: { source: documentUrl ?? document, selector: [position, ...quote] },
  } as const;
}
