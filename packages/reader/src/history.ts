/** Where a reader was on a page, to return there. */
interface Place {
  y: number;
  /** The focused element, as its position among all elements that match a selector; null if nothing was focused. */
  focus: { selector: string; index: number } | null;
  /** The open details, by their position among all. */
  open: number[];
  /** How many items of each list were shown, by its key. */
  lists: Record<string, number>;
}

const STORAGE_KEY = 'dossier.reader.places';
const MAX_PLACES = 60;

/** The places of this tab by history entry. They are written to the session storage when the page is left. */
const places = new Map<string, Place>(readPlaces());

function readPlaces(): [string, Place][] {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '[]') as [string, Place][];
  } catch {
    return [];
  }
}

function writePlaces(): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify([...places].slice(-MAX_PLACES)));
  } catch {
    // A full or disabled storage costs only the place after a reload.
  }
}

const entryOf = (state: unknown): string | null =>
  typeof state === 'object' && state !== null && 'entry' in state && typeof state.entry === 'string'
    ? state.entry
    : null;

let entry = '';
/** The place to return to, until the page has settled there. */
let returning: Place | null = null;
/** How many items of each list are shown now. */
const shownCounts = new Map<string, number>();

/** State for a new history entry, which becomes the current one. `from` is the URL of the page that it was opened from. */
export function newEntry(from: string | null = null): { entry: string; from: string | null } {
  entry = crypto.randomUUID?.() ?? String(Math.random());
  returning = null;
  return { entry, from };
}

/** Whether the previous entry is the page with this URL, so that "back" returns to the same place on it. */
export const isPrevious = (href: string): boolean => (history.state as { from?: unknown } | null)?.from === href;

const FOCUSABLE = 'a, button, input, select, textarea, summary, [tabindex]';

/** Records the place in the current entry, before it is left. */
export function savePlace(): void {
  const { activeElement } = document;
  const elements = [...document.querySelectorAll(FOCUSABLE)];
  const index = activeElement && activeElement !== document.body ? elements.indexOf(activeElement) : -1;
  places.delete(entry);
  places.set(entry, {
    y: scrollY,
    focus: index < 0 ? null : describe(elements[index] as Element),
    open: [...document.querySelectorAll('main details')].flatMap((details, at) =>
      (details as HTMLDetailsElement).open ? [at] : [],
    ),
    lists: Object.fromEntries(shownCounts),
  });
}

/** A selector for an element that still matches when the page is rendered again, and its position among the matches. */
function describe(element: Element): { selector: string; index: number } {
  const attribute = ['id', 'href', 'name', 'aria-label'].find((name) => element.getAttribute(name));
  const tag = element.localName;
  const selector = attribute ? `${tag}[${attribute}="${CSS.escape(element.getAttribute(attribute) ?? '')}"]` : tag;
  return { selector, index: [...document.querySelectorAll(selector)].indexOf(element) };
}

/** Whether the page is returning to where the reader was. Views do not move the focus or scroll then. */
export const isReturning = (): boolean => returning !== null;

/** Records how many items of a list are shown; null forgets the list. */
export function recordShown(key: string, count: number | null): void {
  if (count === null) shownCounts.delete(key);
  else shownCounts.set(key, count);
}

/** How many items of a list were shown in the entry that the page returns to; 0 if it is new. */
export const countToShow = (key: string): number => returning?.lists[key] ?? 0;

/** Makes the entry with this state the current one, and returns to its place. */
export function enterEntry(state: unknown): void {
  const next = entryOf(state);
  if (next === null) {
    history.replaceState(newEntry(), '');
    return;
  }
  entry = next;
  returning = places.get(next) ?? null;
  if (returning) returnTo(returning);
}

function returnTo(place: Place): void {
  const placeAll = (): void => {
    for (const [at, details] of [...document.querySelectorAll('main details')].entries())
      if (place.open.includes(at)) (details as HTMLDetailsElement).open = true;
    scrollTo({ top: place.y, behavior: 'instant' });
  };
  whileSettling(placeAll, () => {
    if (place.focus) {
      const element = document.querySelectorAll<HTMLElement>(place.focus.selector)[place.focus.index];
      element?.focus({ preventScroll: true });
    }
    if (returning === place) returning = null;
  });
}

/** Keeps the places of this tab over reloads. Called once. */
export function startHistory(): void {
  history.scrollRestoration = 'manual';
  addEventListener('pagehide', () => {
    savePlace();
    writePlaces();
  });
  enterEntry(history.state);
}

const USER_EVENTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
/** A page that takes longer is used by then. */
const MAX_SETTLING_MS = 15_000;
/** Layout may still move a little after the last response. */
const AFTER_SETTLED_MS = 400;

let stopSettling: (() => void) | null = null;

/**
 * Calls `place` whenever the layout changes until the page has loaded everything, and then `finish` once. Stops if the user scrolls or
 * types, or if it is called again.
 */
export function whileSettling(place: () => void, finish: () => void): void {
  stopSettling?.();
  let isFinished = false;
  const complete = (): void => {
    if (isFinished) return;
    isFinished = true;
    finish();
  };
  let frame = 0;
  const check = (): void => {
    cancelAnimationFrame(frame);
    // After the frame in which the page changed: what it moves is then no shift of the layout by the scrolling.
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(placeAndFinish);
    });
  };
  const placeAndFinish = (): void => {
    place();
    // Two frames without a progress message: what was loaded is laid out.
    frame = requestAnimationFrame(() => {
      if (isFinished || document.querySelector('.loading') || !document.querySelector('main h1')) return;
      place();
      complete();
      setTimeout(stop, AFTER_SETTLED_MS);
    });
  };
  const mutations = new MutationObserver(check);
  const sizes = new ResizeObserver(check);
  const stop = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timeout);
    mutations.disconnect();
    sizes.disconnect();
    for (const name of USER_EVENTS) removeEventListener(name, stopAndComplete, true);
    if (stopSettling === stop) stopSettling = null;
  };
  const stopAndComplete = (): void => {
    stop();
    // The focus is the user's by now.
    isFinished = true;
    returning = null;
  };
  const timeout = setTimeout(stopAndComplete, MAX_SETTLING_MS);
  stopSettling = stop;
  mutations.observe(document.body, { childList: true, subtree: true });
  sizes.observe(document.body);
  for (const name of USER_EVENTS) addEventListener(name, stopAndComplete, { capture: true, passive: true });
  check();
}
