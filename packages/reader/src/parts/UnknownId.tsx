import type { ComponentChildren } from 'preact';
import { writeAddress } from '../address.js';
import { t } from '../messages/messages.js';
import { shortId } from './labels.js';

/** Says that no record has an id, and where to go from there: the words of the id may find what was meant. */
export function UnknownId({ id, children }: { id: string; children: ComponentChildren }) {
  const words = shortId(id)
    .replace(/[-_/]+/g, ' ')
    .trim();
  return (
    <>
      <p>{id === '' ? t('page.noId') : children}</p>
      <p>
        {words !== '' && (
          <>
            <a href={writeAddress('search', { q: words })}>{t('said.search', { words })}</a> ·{' '}
          </>
        )}
        <a href={writeAddress('')}>{t('page.unknown.link')}</a>
      </p>
    </>
  );
}
