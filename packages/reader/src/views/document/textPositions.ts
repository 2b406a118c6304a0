import { escapeInvisible } from '../../parts/escapeInvisible.js';

// From places in the page, in UTF-16 units of text nodes, to positions in the text, in code points. The words are in `<bdi>` elements with the
// range that each shows; invisible characters are shown as longer codes.

const RUN = 'bdi[data-start]';
const numberOf = (run: Element, name: string): number => Number(run.getAttribute(name));

/** The words between two positions. */
type Slice = (start: number, end: number) => string;

/** The position of a place in the page; null if it is outside `root`. */
export function positionInText(root: Element, slice: Slice, node: Node, offset: number): number | null {
  if (!root.contains(node)) return null;
  const element = node instanceof Element ? node : node.parentElement;
  const run = element?.closest(RUN);
  if (run && node.nodeType === Node.TEXT_NODE) return positionInRun(run, slice, offset);
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

function positionInRun(run: Element, slice: Slice, offset: number): number {
  const [start, end] = [numberOf(run, 'data-start'), numberOf(run, 'data-end')];
  let units = 0;
  let position = start;
  for (const point of slice(start, end)) {
    if (units >= offset) break;
    units += escapeInvisible(point).length;
    position += 1;
  }
  return position;
}
