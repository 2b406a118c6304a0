import type { ProvisionWithClaimsFragment } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { t } from '../../messages/messages.js';
import { BasisBadge } from '../../parts/badges.js';
import { enumText } from '../../parts/labels.js';
import { References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { hrefWith } from '../../route.js';
import { ClaimsOn } from './ClaimsOn.js';
import { dayText, forceOn } from './day.js';

type ProvisionOf = ProvisionWithClaimsFragment;

const DIRECTION = { FROM_TARGET: 'from the target', TO_TARGET: 'to the target', BOTH: 'both ways' };

/** A provision, with its status on a day. */
export function ProvisionCard({ provision, day, isOn }: { provision: ProvisionOf; day: string; isOn: boolean }) {
  const {
    id,
    paragraph,
    paragraphSource,
    measure,
    direction,
    cap,
    summary,
    inForceFrom,
    inForceUntil,
    deadline,
    replacedBy,
    instrument,
    basis,
    references,
    links,
  } = provision;
  const force = forceOn({ inForceFrom, inForceUntil }, day);
  return (
    <article class={`card provision${isOn ? ' is-on' : ''}${force === 'in force' ? '' : ' is-off'}`} data-id={id}>
      <div>
        <h3>
          <a href={hrefWith('sanctions', { provision: id, regime: null })}>
            <SafeText text={instrument.symbol} />, para. <SafeText text={paragraph} />
          </a>{' '}
          <span class={`badge force-${force.replace(' ', '-')}`}>
            {force === 'in force' ? 'in force' : `${force} in force`}
          </span>
        </h3>
        <p class="quiet small">
          <a href={writeAddress('instrument', { id: instrument.id })}>{t('sanctions.act')}</a> · {enumText(measure)},{' '}
          {DIRECTION[direction]} · since {dayText(inForceFrom)}
          {inForceUntil && ` until ${dayText(inForceUntil)}`}
          {deadline && ` · to be done by ${dayText(deadline)}`}
        </p>
        <p>
          <SafeText text={summary} />
        </p>
        {cap && (
          <p class="small">
            Allowed: <SafeText text={cap} />
          </p>
        )}
        {replacedBy && (
          <p class="small">
            Replaced by{' '}
            <a href={hrefWith('sanctions', { provision: replacedBy.id })}>
              <SafeText text={replacedBy.instrument.symbol} />, para. <SafeText text={replacedBy.paragraph} />
            </a>
            .
          </p>
        )}
        <details>
          <summary>Sources</summary>
          <p class="small">
            <BasisBadge basis={basis} />
          </p>
          <p class="small">
            {paragraphSource ? (
              <SafeText text={`Its number was seen in: ${paragraphSource}`} />
            ) : (
              'Its paragraph number is unverified: no source shows it.'
            )}
          </p>
          <References references={references} />
        </details>
        {!paragraphSource && <p class="badge badge-warn">paragraph number unverified</p>}
      </div>
      <ClaimsOn id={id} links={links.nodes} totalCount={links.totalCount} />
    </article>
  );
}
