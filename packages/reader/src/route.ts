import { signal } from '@preact/signals';
import { type Address, readAddress, type ViewName, writeAddress } from './address.js';

/** The address that is shown now. */
export const address = signal<Address>(readAddress(location.hash));

addEventListener('hashchange', () => {
  address.value = readAddress(location.hash);
});

/** Goes to another state. `replace` where it is the same step still, e.g. a date being typed: Back skips it. */
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

/** The same view with some parameters changed; null takes one away. */
export const goWith = (view: ViewName, changes: Record<string, string | null>, options?: { replace?: boolean }): void =>
  go(view, { ...address.peek().params, ...changes }, options);

/** An address of the same view with some parameters changed, for a link. */
export const hrefWith = (view: ViewName, changes: Record<string, string | null>): string =>
  writeAddress(view, { ...address.value.params, ...changes });
