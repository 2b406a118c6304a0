/** Paragraphs and claims per part of a long document, so that a page stays small and its claims are one request. */
const MAX_PARAGRAPHS = 80;
export const MAX_CLAIMS = 100;

interface WithClaims {
  statements: readonly unknown[];
}

/** The parts in which a document is shown: at least one. A paragraph with more claims than the limit is a part of its own. */
export function partsOf<TParagraph extends WithClaims>(paragraphs: readonly TParagraph[]): TParagraph[][] {
  let part: TParagraph[] = [];
  let claims = 0;
  const parts = [part];
  for (const paragraph of paragraphs) {
    const isFull = part.length >= MAX_PARAGRAPHS || claims + paragraph.statements.length > MAX_CLAIMS;
    if (isFull && part.length > 0) {
      part = [];
      claims = 0;
      parts.push(part);
    }
    part.push(paragraph);
    claims += paragraph.statements.length;
  }
  return parts;
}

/** The index of the part with a position of the text. */
export function indexAt(parts: readonly (readonly { start: number }[])[], position: number): number {
  return Math.max(
    0,
    parts.findLastIndex(([first]) => first !== undefined && first.start <= position),
  );
}
