import { ReaderDocumentsDocument } from '@dossier/client';
import { useRef, useState } from 'preact/hooks';
import { writeAddress } from '../../address.js';
import { useList } from '../../graph/useList.js';
import { t } from '../../messages/messages.js';
import { dateText } from '../../parts/dates.js';
import { LIVE } from '../../parts/live.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { SafeText } from '../../parts/SafeText.js';

/** Debounce of the search field, in milliseconds. */
const TYPING_MS = 300;

/** Chooses another document, by words of its title, its claims or its text. Nothing is loaded until it is opened. */
export function DocumentPicker({ current }: { current: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="tool picker" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('document.others')}</summary>
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
        {t('document.othersWords')}
        <input
          type="search"
          onInput={({ currentTarget: { value } }) => {
            clearTimeout(typing.current);
            typing.current = setTimeout(() => setWords(value.trim()), TYPING_MS);
          }}
        />
      </label>
      {list.totalCount !== null && (
        <p class="quiet small" {...LIVE}>
          {t('count.documents', { count: list.totalCount })}
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
              {dateText(publishedOn)}
            </span>
          </li>
        ))}
      </ul>
      <MoreButton list={list} what={t('home.documents')} />
    </div>
  );
}
