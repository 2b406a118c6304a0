import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { countToShow, recordShown } from '../history.js';
import { t } from '../messages/messages.js';
import { LIVE } from './live.js';

interface Portion<TItem> {
  shown: readonly TItem[];
  /** How many are not shown. */
  rest: number;
  showMore: () => void;
  /** What follows the items: how many are shown, and the rest on request. */
  more: ComponentChildren;
}

/**
 * A part of a list that is known completely, so that a long list does not make a long page: the first items, and more on request. When the reader
 * returns to a page, as many items are shown as were. `key` names the list.
 */
export function usePortion<TItem>(key: string, items: readonly TItem[], step = 20): Portion<TItem> {
  const initial = (): { of: string; count: number } => ({ of: key, count: Math.max(step, countToShow(key)) });
  const [state, setState] = useState(initial);
  const { count } = state.of === key ? state : initial();
  useLayoutEffect(() => {
    recordShown(key, count);
    return () => recordShown(key, null);
  }, [key, count]);
  const rest = Math.max(0, items.length - count);
  const showMore = () => setState({ of: key, count: count + step });
  return {
    shown: items.slice(0, count),
    rest,
    showMore,
    more: rest > 0 && (
      <div class="more">
        <p class="quiet small" {...LIVE}>
          {t('list.of', { shown: count, total: items.length })}
        </p>
        <button type="button" onClick={showMore}>
          {t('list.more')}
        </button>
      </div>
    ),
  };
}
