import { escapeInvisible, positionInText } from '@dossier/reader';
import type { TextModel } from './textModel.js';

// Between positions in the text, in code points, and places in the page, in UTF-16 units of text nodes. The words are in `<bdi>` elements
// with the range that each shows; invisible characters are shown as longer codes.

const RUN = 'bdi[data-start]';
const numberOf = (run: Element, name: string): number => Number(run.getAttribute(name));

/** The place of a position; null if its paragraph is not shown. */
export function placeOf(root: ParentNode, model: TextModel, position: number): { node: Node; offset: number } | null {
  const paragraph = model.paragraphAt(position);
  if (!paragraph) return null;
  const runs = root.querySelectorAll(`[data-paragraph="${paragraph.number}"] ${RUN}`);
  for (const run of runs) {
    const [start, end] = [numberOf(run, 'data-start'), numberOf(run, 'data-end')];
    if (position > end || (position === end && run !== runs[runs.length - 1])) continue;
    const node = run.firstChild;
    if (!node) return { node: run, offset: 0 };
    return { node, offset: escapeInvisible(model.slice(start, Math.max(start, position))).length };
  }
  return null;
}

/** The position of a place; null if it is outside the text. */
export const positionOf = (root: Element, model: TextModel, node: Node, offset: number): number | null =>
  positionInText(root, (start, end) => model.slice(start, end), node, offset);
