import type { ReaderOverviewQuery } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { formatNumber, t } from '../../messages/messages.js';
import { StatusBadge } from '../../parts/badges.js';
import { STATUSES, statusMeaning } from '../../parts/labels.js';
import { Unavailable } from '../../parts/Unavailable.js';

const FIELD = {
  EXPLICIT: 'explicit',
  IMPLICIT: 'implicit',
  INHERITED_UNCERTAIN: 'inherited',
  IMPUTED: 'imputed',
  MISSING: 'missing',
} as const;

/** All statements by attribution status. The bar is hidden from screen readers, because the list has the same numbers. */
export function AttributionBar({ data, service }: { data: ReaderOverviewQuery; service: string | null }) {
  const all = data.statements?.totalCount;
  if (!all) return <Unavailable what={t('home.statements')} service={service} />;
  const parts = STATUSES.map((status) => ({ status, count: data[FIELD[status]]?.totalCount ?? 0 }));
  return (
    <>
      <div class="sure-bar" aria-hidden="true">
        {parts.map(({ status, count }) => (
          <span key={status} class={`sure-part status-${status.toLowerCase()}`} style={{ flexGrow: String(count) }} />
        ))}
      </div>
      <ul class="sure-list">
        {parts.map(({ status, count }) => (
          <li key={status}>
            <a href={writeAddress('said', { status })}>
              <StatusBadge status={status} /> <strong>{formatNumber(count)}</strong>
            </a>
            <span class="quiet small"> {statusMeaning(status)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
