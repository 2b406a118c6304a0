import { ReaderDocumentsDocument } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { useRecordCounts } from '../../export/recordCounts.js';
import { countOf, useList } from '../../graph/useList.js';
import { t } from '../../messages/messages.js';
import { dateText } from '../../parts/dates.js';
import { LIVE } from '../../parts/live.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { Name } from '../../parts/Name.js';
import { SafeText } from '../../parts/SafeText.js';
import { WordsField } from '../../parts/WordsField.js';
import { address, goWith } from '../../route.js';

/** The documents, page by page, restricted to those with some words. */
export default function Documents() {
  const { words } = address.value.params;
  const filter = words ? { search: words } : null;
  const list = useList(ReaderDocumentsDocument, { filter }, (data) => data.documents, { all: false });
  useRecordCounts({ 'dataset.documents': countOf(list) });
  return (
    <>
      <h1>{t('documents.title')}</h1>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <WordsField
          label={t('documents.words')}
          value={words ?? ''}
          onChange={(value) => goWith('documents', { words: value }, { replace: true })}
        />
      </form>
      <p class="quiet" {...LIVE}>
        {list.totalCount !== null &&
          (list.totalCount === 0 && words ? t('documents.none') : t('count.documents', { count: list.totalCount }))}
      </p>
      <ul class="cards">
        {list.nodes.map(({ id, title, publisher, publishedOn, series, number, length, statements }) => (
          <li key={id} class="card" data-id={id}>
            <h2 class="card-title">
              <a href={writeAddress('document', { document: id })}>
                <SafeText text={title} />
              </a>
            </h2>
            <p class="quiet">
              {publisher && <Name actor={publisher} />} · {dateText(publishedOn)}
              {series && (
                <>
                  {' '}
                  · <SafeText text={`${series} ${number ?? ''}`} />
                </>
              )}
            </p>
            <p class="quiet small">
              {t('count.characters', { count: length })} ·{' '}
              <a href={writeAddress('said', { document: id })}>
                {t('count.statements', { count: statements.totalCount })}
              </a>
            </p>
          </li>
        ))}
      </ul>
      {list.totalCount !== 0 && <MoreButton list={list} what={t('home.documents')} />}
    </>
  );
}
