import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../messages/messages.js';
import { LIVE } from '../../parts/live.js';
import { address, goWith } from '../../route.js';

/** Debounce of the search field, in milliseconds. */
const TYPING_MS = 250;

interface FindBarProps {
  /** How many places were found. */
  count: number;
  /** The place that is shown, from 0. */
  current: number;
  onMove: (index: number) => void;
  /** What is searched. */
  within: 'text' | 'summaries';
}

/** Searches the document. The words are in the address, so that a link shows the same places. */
export function FindBar({ count, current, onMove, within }: FindBarProps) {
  const { find = '' } = address.value.params;
  const [typed, setTyped] = useState(find);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(find), [find]);
  useEffect(() => () => clearTimeout(typing.current), []);
  const move = (step: number): void => {
    if (count > 0) onMove((current + step + count) % count);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is unknown to browsers that are still in use.
    <form
      class="find"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        move(1);
      }}
    >
      <label>
        <span class="visually-hidden">{t('document.find')}</span>
        <input
          type="search"
          placeholder={t('document.find')}
          value={typed}
          onInput={({ currentTarget: { value } }) => {
            setTyped(value);
            clearTimeout(typing.current);
            typing.current = setTimeout(
              () => goWith('document', { find: value.trim() || null }, { replace: true }),
              TYPING_MS,
            );
          }}
        />
      </label>
      <button type="button" disabled={count === 0} onClick={() => move(-1)} aria-label={t('document.previous')}>
        ↑
      </button>
      <button type="submit" disabled={count === 0} aria-label={t('document.next')}>
        ↓
      </button>
      <span class="quiet small find-count" {...LIVE}>
        {find !== '' &&
          (count === 0
            ? t(within === 'text' ? 'document.notInText' : 'document.notInSummaries')
            : t('document.match', { current: current + 1, total: count }))}
      </span>
    </form>
  );
}
