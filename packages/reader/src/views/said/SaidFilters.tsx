import { ReaderOverviewDocument } from '@dossier/client';
import { useEffect, useRef } from 'preact/hooks';
import { useQuery } from '../../graph/useQuery.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { STATUS, STATUSES, shortId, topicText } from '../../parts/labels.js';
import { address, goWith } from '../../route.js';

/** Debounce of the search field, in milliseconds. */
const TYPING_MS = 350;

/** The filters of the list. Every choice is stored in the address. */
export function SaidFilters() {
  const { words = '', status = '', topic = '', speaker } = address.value.params;
  const topics = useQuery(ReaderOverviewDocument, {}).data?.topics ?? [];
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(typing.current), []);
  const change = (changes: Record<string, string | null>) => goWith('said', { ...changes, statement: null });
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()}>
      <label>
        Words in the summary
        <input
          type="search"
          value={words}
          onInput={({ currentTarget: { value } }) => {
            clearTimeout(typing.current);
            typing.current = setTimeout(
              () => goWith('said', { words: value.trim() || null, statement: null }, { replace: true }),
              TYPING_MS,
            );
          }}
        />
      </label>
      <label>
        Who speaks
        <select value={status} onChange={({ currentTarget: { value } }) => change({ status: value || null })}>
          <option value="">however sure</option>
          {STATUSES.map((each) => (
            <option key={each} value={each}>
              {STATUS[each].label}
            </option>
          ))}
        </select>
      </label>
      <label>
        Topic
        <select value={topic} onChange={({ currentTarget: { value } }) => change({ topic: value || null })}>
          <option value="">any</option>
          {topic && !topics.some((each) => each.topic === topic) && (
            <option value={topic}>{escapeInvisible(topic)}</option>
          )}
          {topics.map((each) => (
            <option key={each.topic} value={each.topic}>
              {escapeInvisible(topicText(each.topic))} ({each.statementCount})
            </option>
          ))}
        </select>
      </label>
      {speaker && (
        <button type="button" onClick={() => change({ speaker: null })}>
          Only {shortId(speaker)} <span aria-hidden="true">×</span>
          <span class="visually-hidden">: take this filter away</span>
        </button>
      )}
    </form>
  );
}
