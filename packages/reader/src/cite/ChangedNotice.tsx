import { revisionOf } from '../graph/revision.js';
import { rich, t } from '../messages/messages.js';
import { LIVE } from '../parts/live.js';
import { address } from '../route.js';

/**
 * Says whether a record is still the one that was cited. The link of a citation carries the digest of the record and the revision of its
 * store. `service` owns the record.
 */
export function ChangedNotice({ digest, service }: { digest: string; service: string }) {
  const { digest: cited, revision: citedRevision } = address.value.params;
  if (!cited) return null;
  const revision = revisionOf(service);
  if (cited !== digest)
    return (
      <p class="notice notice-warn" {...LIVE}>
        <strong>{t('cite.changedTitle')}</strong>{' '}
        {rich('cite.changed', {
          cited: <code>{citedRevision ?? t('cite.unknown')}</code>,
          current: <code>{revision ?? t('cite.unknown')}</code>,
        })}
      </p>
    );
  return (
    <p class="quiet small" {...LIVE}>
      {citedRevision && citedRevision !== revision
        ? rich('cite.unchangedOther', { revision: <code>{citedRevision}</code> })
        : t('cite.unchanged')}
    </p>
  );
}
