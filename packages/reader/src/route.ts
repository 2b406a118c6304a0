import { signal } from '@preact/signals';
import { type Address, convertFragment, readAddress, type ViewName, writeAddress } from './address.js';
import { enterEntry, isPrevious, newEntry, savePlace, startHistory } from './history.js';

/** The current address. */
export const address = signal<Address>(readAddress(location));

/** Opens a page of the reader. `replace` adds no history entry, e.g. while words are being typed. */
export function openAddress(href: string, { replace = false } = {}): void {
  const target = new URL(href, location.href);
  if (target.href === location.href) return;
  if (replace) history.replaceState(history.state, '', target);
  else {
    savePlace();
    history.pushState(newEntry(location.href), '', target);
  }
  address.value = readAddress(target);
}

/** Navigates within a view with some parameters changed; null removes one. */
export const goWith = (view: ViewName, changes: Record<string, string | null>, options?: { replace?: boolean }): void =>
  openAddress(writeAddress(view, { ...address.peek().params, ...changes }), options);

/** The address of a view with some parameters changed, for a link; null removes one. */
export const hrefWith = (view: ViewName, changes: Record<string, string | null>): string =>
  writeAddress(view, { ...address.value.params, ...changes });

/** Replaces an older address with its state after `#`. */
function convertOld(): void {
  const converted = convertFragment(location.hash);
  if (converted !== null) history.replaceState(history.state, '', converted);
}

/** The page of the reader that a click opens; null if the browser should follow the link. */
function targetOf(event: MouseEvent): URL | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return null;
  const link = (event.target as Element | null)?.closest('a[href]');
  const href = link?.getAttribute('href');
  if (!link || !href || link.hasAttribute('download') || (link.getAttribute('target') ?? '_self') !== '_self')
    return null;
  const target = new URL(href, location.href);
  const isPage =
    target.origin === location.origin &&
    new URL('.', target).pathname === new URL('.', location.href).pathname &&
    target.hash === '' &&
    // Another language is loaded with the page.
    !target.searchParams.has('lang') &&
    readAddress(target).view !== null;
  return isPage ? target : null;
}

/** Opens the pages of the reader without loading them again, and follows the history. Called once, before the first rendering. */
export function startRouting(): void {
  convertOld();
  address.value = readAddress(location);
  startHistory();
  document.addEventListener('click', (event) => {
    const target = targetOf(event);
    if (!target) return;
    event.preventDefault();
    const isBack = (event.target as Element).closest('a')?.hasAttribute('data-back') ?? false;
    if (isBack && isPrevious(target.href)) history.back();
    else openAddress(target.href);
  });
  addEventListener('popstate', ({ state }) => {
    savePlace();
    convertOld();
    enterEntry(state);
    address.value = readAddress(location);
  });
}
