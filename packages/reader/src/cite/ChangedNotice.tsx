import { revisionOf } from '../graph/revision.js';
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
      <p class="notice notice-warn" role="status">
        <strong>This record has changed since it was cited.</strong> The link is of revision{' '}
        <code>{citedRevision ?? 'unknown'}</code>; this is revision <code>{revision ?? 'unknown'}</code>. Earlier
        versions are not kept, so compare what was cited with what is shown here.
      </p>
    );
  return (
    <p class="quiet small" role="status">
      Unchanged since it was cited{citedRevision && citedRevision !== revision && ` in revision ${citedRevision}`}.
    </p>
  );
}
