import { signal } from '@preact/signals';
import { type Address, readAddress, type ViewName, writeAddress } from './address.js';

/** The current address. */
export const address = signal<Address>(readAddress(location.hash));

addEventListener('hashchange', () => {
  address.value = readAddress(location.hash);
});

/** Navigates to another state. `replace` adds no history entry, e.g. while a date is being typed. */
function go(view: ViewName, params: Record<string, string | null | undefined>, { replace = false } = {}): void {
  const target = writeAddress(view, params);
  if (target === location.hash) return;
  if (!replace) {
    location.hash = target;
    return;
  }
  history.replaceState(null, '', target);
  address.value = readAddress(target);
}

/** Navigates within a view with some parameters changed; null removes one. */
export const goWith = (view: ViewName, changes: Record<string, string | null>, options?: { replace?: boolean }): void =>
  go(view, { ...address.peek().params, ...changes }, options);

/** The address of a view with some parameters changed, for a link; null removes one. */
export const hrefWith = (view: ViewName, changes: Record<string, string | null>): string =>
  writeAddress(view, { ...address.value.params, ...changes });
