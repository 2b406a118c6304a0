import type { CodePointText } from '@dossier/domain/facts';

/**
 * What positions count: code points, as the W3C says, or the UTF-16 units of a JavaScript string, as Hypothesis and most programs in
 * browsers do. They differ after the first character beyond the BMP, e.g. an emoji.
 */
export const OFFSETS = ['codepoints', 'utf16'] as const;
export type Offsets = (typeof OFFSETS)[number];

/** A position in code points as an offset. */
export const toOffset = (text: CodePointText, position: number, offsets: Offsets): number =>
  offsets === 'codepoints' ? position : text.unitOf(position);

/** An offset as a position in code points; null if it is outside of the text, or inside a surrogate pair. */
export function fromOffset(text: CodePointText, offset: number, offsets: Offsets): number | null {
  const position = offsets === 'codepoints' ? offset : text.positionOf(offset);
  return position <= text.length && toOffset(text, position, offsets) === offset ? position : null;
}
