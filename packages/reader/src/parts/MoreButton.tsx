import type { List } from '../graph/useList.js';
import { t } from '../messages/messages.js';
import { Loading } from './Loading.js';
import { LIVE } from './live.js';
import { FailedNotice, PartialNotice } from './Unavailable.js';

/**
 * The end of a list that is loaded page by page: how many items are shown, and a button for more, or why they could not be loaded. `what`
 * names the list.
 */
export function MoreButton({ list, what }: { list: List<unknown>; what: string }) {
  const { state, nodes, totalCount, failure, errors, retry, more } = list;
  return (
    <div class="more">
      {state === 'failed' ? (
        <FailedNotice what={what} failure={failure} errors={errors} retry={retry} />
      ) : (
        <PartialNotice errors={errors} retry={retry} />
      )}
      {state === 'loading' && <Loading what={t('list.loading')} />}
      {totalCount !== null && nodes.length < totalCount && (
        <p class="quiet small" {...LIVE}>
          {t('list.of', { shown: nodes.length, total: totalCount })}
        </p>
      )}
      {state === 'complete' && nodes.length === 0 && <p class="quiet">{t('list.none')}</p>}
      {state === 'partial' && (
        <button type="button" onClick={more}>
          {t('list.more')}
        </button>
      )}
    </div>
  );
}
