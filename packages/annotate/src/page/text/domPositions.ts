import { escapeInvisible } from '@dossier/reader';
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
export function positionOf(root: Element, model: TextModel, node: Node, offset: number): number | null {
  if (!root.contains(node)) return null;
  const element = node instanceof Element ? node : node.parentElement;
  const run = element?.closest(RUN);
  if (run && node.nodeType === Node.TEXT_NODE) return positionInRun(run, model, offset);
  if (run) return numberOf(run, offset === 0 ? 'data-start' : 'data-end');
  // Beside the words, e.g. at the number of a claim: the nearest words after, or before.
  const after = node instanceof Element ? node.childNodes[offset] : node;
  const runs = [...root.querySelectorAll(RUN)];
  const next = after
    ? runs.find(
        (each) => after.contains(each) || after.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING,
      )
    : undefined;
  if (next) return numberOf(next, 'data-start');
  const last = runs.findLast(
    (each) => node.contains(each) || node.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING,
  );
  return last ? numberOf(last, 'data-end') : null;
}

function positionInRun(run: Element, model: TextModel, offset: number): number {
  const [start, end] = [numberOf(run, 'data-start'), numberOf(run, 'data-end')];
  let units = 0;
  let position = start;
  for (const point of model.slice(start, end)) {
    if (units >= offset) break;
    units += escapeInvisible(point).length;
    position += 1;
  }
  return position;
}
