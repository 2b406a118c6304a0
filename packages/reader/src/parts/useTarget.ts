import { useEffect } from 'preact/hooks';
import { isReturning, whileSettling } from '../history.js';

const HEADING = 'h1, h2, h3, h4, [data-heading]';

/**
 * Shows the element that the address selects, with its heading in view and focused once the page has loaded. Does nothing while
 * the page returns to where the reader was. `selector` is null without a selection.
 */
export function useTarget(selector: string | null, isThere: boolean): void {
  useEffect(() => {
    if (selector === null || !isThere || isReturning()) return;
    const find = (): Element | null => document.querySelector(selector);
    whileSettling(
      () => find()?.scrollIntoView({ block: 'start', behavior: 'instant' }),
      () => {
        const element = find();
        const heading = element?.matches(HEADING) ? element : (element?.querySelector(HEADING) ?? element);
        if (!(heading instanceof HTMLElement)) return;
        if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      },
    );
  }, [selector, isThere]);
}

/** A selector for the element of a record. */
export const recordSelector = (id: string | undefined, attribute = 'data-id'): string | null =>
  id ? `[${attribute}="${CSS.escape(id)}"]` : null;
