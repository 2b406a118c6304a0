import type { StatementLineFragment } from '@dossier/client';
import { writeAddress } from '../address.js';
import { t } from '../messages/messages.js';
import { StatusBadge } from './badges.js';
import { enumText, shortId } from './labels.js';
import { PassageLinks } from './Passages.js';
import { SafeText } from './SafeText.js';
import { Carriers, Speaker } from './Speaker.js';

/** A claim in short: summary, speaker, carriers and passages. */
export function ClaimCard({ statement, isOn = false }: { statement: StatementLineFragment; isOn?: boolean }) {
  const { id, summary, attribution, modality, hedges, citations } = statement;
  return (
    <li class={`claim${isOn ? ' is-on' : ''}`} data-statement={id} aria-current={isOn ? 'true' : undefined}>
      <p class="claim-text">
        <a href={writeAddress('said', { statement: id })}>
          <span class="claim-id">{shortId(id)}</span> <SafeText text={summary} />
        </a>
      </p>
      <p class="claim-who">
        <Speaker attribution={attribution} /> <Carriers attribution={attribution} />
      </p>
      <p class="claim-facts">
        <StatusBadge status={attribution.status} />
        <span class="badge">{enumText(modality)}</span>
        {hedges.length > 0 && (
          <span class="badge badge-hedge">
            {t('claim.hedged', { kinds: [...new Set(hedges.map(({ kind }) => enumText(kind)))].join(', ') })}
          </span>
        )}
        <PassageLinks citations={citations} statement={id} />
      </p>
    </li>
  );
}
