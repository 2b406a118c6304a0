import { caret } from '../store.js';
import { placeOf, positionOf } from './domPositions.js';
import { isRightToLeft, type TextModel, type Unit } from './textModel.js';

// The caret in the text. Its positions are in `caret`; the browser's selection only shows them, and is read after the mouse was used.

/** The selection that was set here, so that its event is not mistaken for one of the mouse. */
let expected: { anchor: Node; anchorOffset: number; focus: Node; focusOffset: number } | null = null;

/** While a selection by mouse is taken: the browser shows it already. */
let isFromMouse = false;

/** Moves the end of the selection. It stays within the paragraph in which it began: a passage is within one. */
function extendTo(model: TextModel, position: number): void {
  const anchor = caret.value?.anchor ?? position;
  const paragraph = model.paragraphAt(anchor);
  if (!paragraph) return;
  caret.value = { anchor, focus: Math.min(Math.max(position, paragraph.start), paragraph.end) };
}

const moveTo = (position: number): void => {
  caret.value = { anchor: position, focus: position };
};

/** What a key does: a movement, or the range to select. Null if it is not a key of the text. */
function movementOf(event: KeyboardEvent, isRtl: boolean): { unit: Unit | 'line' | 'edge'; isForward: boolean } | null {
  const { key, ctrlKey, altKey, metaKey } = event;
  const word = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowLeft':
      return { unit: word ? 'word' : 'character', isForward: (key === 'ArrowRight') !== isRtl };
    case 'ArrowDown':
    case 'ArrowUp':
      return { unit: altKey ? 'sentence' : word ? 'paragraph' : 'line', isForward: key === 'ArrowDown' };
    case 'PageDown':
    case 'PageUp':
      return { unit: 'paragraph', isForward: key === 'PageDown' };
    case 'Home':
    case 'End':
      return { unit: word ? 'document' : 'edge', isForward: key === 'End' };
    default:
      return null;
  }
}

const AROUND = { w: 'word', e: 'sentence', p: 'paragraph' } as const;

/** Handles a key in the text. */
export function handleKey(event: KeyboardEvent, root: HTMLElement, model: TextModel, onCreate: () => void): void {
  // A link or a button in the text handles its own keys.
  if (event.target !== root || model.paragraphs.length === 0) return;
  const at = caret.value?.focus ?? model.start;
  if (event.key === 'Enter') {
    event.preventDefault();
    onCreate();
    return;
  }
  if (event.key === 'Escape') {
    moveTo(at);
    return;
  }
  const hasModifier = event.ctrlKey || event.altKey || event.metaKey;
  const around = !hasModifier && Object.hasOwn(AROUND, event.key) ? AROUND[event.key as keyof typeof AROUND] : null;
  if (around) {
    event.preventDefault();
    const range = model.around(at, around);
    if (range) caret.value = { anchor: range.start, focus: range.end };
    return;
  }
  const movement = movementOf(event, isRightToLeft(model.paragraphAt(at)?.text ?? ''));
  if (!movement) return;
  event.preventDefault();
  const { unit, isForward } = movement;
  const target =
    unit === 'line' || unit === 'edge' ? byLine(root, model, at, unit, isForward) : model.move(at, unit, isForward);
  if (event.shiftKey) extendTo(model, target);
  else moveTo(target);
}

/** Only measures: each range that a document has must be updated when its text changes. */
const measuring = globalThis.document.createRange();

/** The rectangle of the caret at a position. */
function rectAt(root: HTMLElement, model: TextModel, position: number): DOMRect | null {
  const place = placeOf(root, model, position);
  if (!place) return null;
  const range = measuring;
  range.setStart(place.node, place.offset);
  range.collapse(true);
  const [rect] = range.getClientRects();
  return rect ?? place.node.parentElement?.getBoundingClientRect() ?? null;
}

/** The height of a line, as a multiple of that of the caret. */
const LINE = 1.4;

/** The position at a point of the window; null if the browser cannot say, or there is no text. */
function positionAtPoint(root: HTMLElement, model: TextModel, x: number, y: number): number | null {
  const place = globalThis.document.caretPositionFromPoint?.(x, y);
  if (!place) return null;
  const position = positionOf(root, model, place.offsetNode, place.offset);
  return position === null ? null : model.snap(position, true);
}

/** The position a line below or above, or at the end of the line, as the window lays the text out. */
function byLine(root: HTMLElement, model: TextModel, at: number, unit: 'line' | 'edge', isForward: boolean): number {
  const paragraph = model.paragraphAt(at);
  const rect = rectAt(root, model, at);
  if (!paragraph || !rect) return at;
  if (unit === 'line') {
    const seen = positionAtPoint(
      root,
      model,
      rect.left,
      rect.top + rect.height / 2 + (isForward ? 1 : -1) * rect.height * LINE,
    );
    if (seen !== null && model.paragraphAt(seen) === paragraph && (isForward ? seen > at : seen < at)) return seen;
  }
  let last = at;
  let found: { position: number; distance: number } | null = null;
  let lineTop: number | null = null;
  for (
    let next = model.move(at, 'character', isForward);
    next !== last;
    next = model.move(last, 'character', isForward)
  ) {
    const other = rectAt(root, model, next);
    if (!other) break;
    const isSameLine = Math.abs(other.top - rect.top) < rect.height / 2;
    if (unit === 'edge' && (!isSameLine || model.paragraphAt(next) !== paragraph)) return last;
    if (unit === 'line' && !isSameLine) {
      lineTop ??= other.top;
      // Past the line: the nearest place on it is known.
      if (Math.abs(other.top - lineTop) > rect.height / 2) break;
      const distance = Math.abs(other.left - rect.left);
      if (!found || distance < found.distance) found = { position: next, distance };
    }
    last = next;
  }
  if (unit === 'edge') return last;
  return found?.position ?? (isForward ? paragraph.end : paragraph.start);
}

const HIGHLIGHT = 'annotate-selection';

/** Shows the caret and the selected words, and scrolls them into view. */
export function showCaret(root: HTMLElement, cursor: HTMLElement, model: TextModel): void {
  const current = caret.value;
  const highlights = (globalThis.CSS as { highlights?: Map<string, unknown> } | undefined)?.highlights;
  highlights?.delete(HIGHLIGHT);
  cursor.hidden = true;
  if (!current) return;
  const anchor = placeOf(root, model, current.anchor);
  const focus = placeOf(root, model, current.focus);
  if (!anchor || !focus) return;
  if (!isFromMouse && globalThis.document.activeElement === root) {
    expected = { anchor: anchor.node, anchorOffset: anchor.offset, focus: focus.node, focusOffset: focus.offset };
    globalThis.document.getSelection()?.setBaseAndExtent(anchor.node, anchor.offset, focus.node, focus.offset);
  }
  // Stays while a field of the form has the focus.
  if (highlights && current.anchor !== current.focus) {
    const [from, until] = current.anchor < current.focus ? [anchor, focus] : [focus, anchor];
    const range = globalThis.document.createRange();
    range.setStart(from.node, from.offset);
    range.setEnd(until.node, until.offset);
    highlights.set(HIGHLIGHT, new Highlight(range));
  }
  const rect = rectAt(root, model, current.focus);
  if (!rect) return;
  const frame = root.getBoundingClientRect();
  cursor.hidden = false;
  cursor.style.setProperty('left', `${rect.left - frame.left}px`);
  cursor.style.setProperty('top', `${rect.top - frame.top}px`);
  cursor.style.setProperty('height', `${rect.height}px`);
  if (rect.top < 0 || rect.bottom > innerHeight) cursor.scrollIntoView({ block: 'center' });
}

/** Takes what was selected with the mouse. */
export function takeNativeSelection(root: HTMLElement, model: TextModel): void {
  const native = globalThis.document.getSelection();
  const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = native ?? {};
  if (!anchorNode || !focusNode || !root.contains(anchorNode)) return;
  const isOwn =
    expected?.anchor === anchorNode &&
    expected.anchorOffset === anchorOffset &&
    expected.focus === focusNode &&
    expected.focusOffset === focusOffset;
  if (isOwn) return;
  const anchor = positionOf(root, model, anchorNode, anchorOffset);
  const focus = positionOf(root, model, focusNode, focusOffset);
  const paragraph = anchor === null ? undefined : model.paragraphAt(anchor);
  if (anchor === null || focus === null || !paragraph) return;
  const isForward = focus >= anchor;
  const clamped = Math.min(Math.max(focus, paragraph.start), paragraph.end);
  // The browser's characters may be others.
  const next = { anchor: model.snap(anchor, !isForward), focus: model.snap(clamped, isForward) };
  if (anchor === focus) next.anchor = next.focus;
  if (caret.value?.anchor === next.anchor && caret.value.focus === next.focus) return;
  isFromMouse = true;
  caret.value = next;
  isFromMouse = false;
}
