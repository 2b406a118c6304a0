/** How much of the text is shown before and after a passage, in code points. */
const CONTEXT = 280;

/** The id of the passage with the text around it. */
export const surrounding = (
  { document, start, end }: { document: string; start: number; end: number },
  length: number,
): string =>
  `citation:${document.replace(/^document:/, '')}#char=${Math.max(0, start - CONTEXT)},${Math.min(length, end + CONTEXT)}`;
