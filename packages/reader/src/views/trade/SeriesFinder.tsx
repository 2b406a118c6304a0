import { ReaderFindActorsDocument } from '@dossier/client';
import { useState } from 'preact/hooks';
import { useQuery } from '../../graph/useQuery.js';
import { t } from '../../messages/messages.js';
import { SafeText } from '../../parts/SafeText.js';
import { WordsField } from '../../parts/WordsField.js';
import { hrefWith } from '../../route.js';

/** Finds the figures, and with them the series, of an actor by its name. */
export function SeriesFinder() {
  const [words, setWords] = useState('');
  const { data, state } = useQuery(ReaderFindActorsDocument, { words, first: 8 }, words !== '');
  const actors = words === '' || state !== 'loaded' ? [] : (data?.actors?.nodes ?? []);
  return (
    <div class="series-finder">
      <WordsField label={t('trade.find')} value={words} onChange={(value) => setWords(value ?? '')} />
      {words !== '' && state === 'loaded' && actors.length === 0 && <p class="quiet">{t('trade.findNone')}</p>}
      {actors.length > 0 && (
        <ul class="tags">
          {actors.map(({ id, name }) => (
            <li key={id}>
              <a class="tag" href={hrefWith('trade', { of: id, series: null, figure: null })}>
                <SafeText text={name} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
