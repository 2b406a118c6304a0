import { dateLabel, ReaderDocumentsDocument } from '@dossier/client';
import { useRef, useState } from 'preact/hooks';
import { writeAddress } from '../../address.js';
import { useList } from '../../graph/useList.js';
import { Loading } from '../../parts/Loading.js';
import { countOf } from '../../parts/labels.js';
import { SafeText } from '../../parts/SafeText.js';
import { FailedNotice } from '../../parts/Unavailable.js';

/** Debounce of the search field, in milliseconds. */
const TYPING_MS = 300;

/** Chooses another document, by words of its title, its claims or its text. Nothing is loaded until it is opened. */
export function DocumentPicker({ current }: { current: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="tool picker" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Other documents</summary>
      {isOpen && <Choices current={current} />}
    </details>
  );
}

function Choices({ current }: { current: string }) {
  const [words, setWords] = useState('');
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const list = useList(
    ReaderDocumentsDocument,
    { filter: words === '' ? null : { search: words } },
    (data) => data.documents,
    { all: false },
  );
  return (
    <div class="tool-panel">
      <label>
        Words in the title or the claims
        <input
          type="search"
          onInput={({ currentTarget: { value } }) => {
            clearTimeout(typing.current);
            typing.current = setTimeout(() => setWords(value.trim()), TYPING_MS);
          }}
        />
      </label>
      {list.totalCount !== null && (
        <p class="quiet small" role="status">
          {countOf(list.totalCount, 'document')}
          {words !== '' && ' found'}.
        </p>
      )}
      <ul class="plain-list">
        {list.nodes.map(({ id, title, publisher, publishedOn }) => (
          <li key={id}>
            <a href={writeAddress('document', { document: id })} aria-current={id === current ? 'true' : undefined}>
              <SafeText text={title} />
            </a>
            <span class="quiet small">
              {' '}
              {publisher && (
                <>
                  <SafeText text={publisher.name} />,{' '}
                </>
              )}
              {dateLabel(publishedOn)}
            </span>
          </li>
        ))}
      </ul>
      {list.state === 'loading' && <Loading what="Loading documents" />}
      {list.state === 'failed' && (
        <FailedNotice what="Documents" failure={list.failure} errors={list.errors} retry={list.retry} />
      )}
      {list.state === 'partial' && (
        <button type="button" onClick={list.more}>
          Show more documents
        </button>
      )}
    </div>
  );
}
