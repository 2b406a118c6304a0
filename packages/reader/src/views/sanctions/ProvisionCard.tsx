import type { ProvisionWithClaimsFragment } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { rich, t } from '../../messages/messages.js';
import { BasisBadge } from '../../parts/badges.js';
import { dayText } from '../../parts/dates.js';
import { enumText } from '../../parts/labels.js';
import { References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { hrefWith } from '../../route.js';
import { ClaimsOn } from './ClaimsOn.js';
import { forceOn } from './day.js';
import { inForceText } from './inForce.js';

type ProvisionOf = ProvisionWithClaimsFragment;

const FORCE = {
  'not yet': 'sanctions.notYet',
  'in force': 'sanctions.inForce',
  'no longer': 'sanctions.noLonger',
} as const;

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
  const Heading = isOn ? 'h2' : 'h3';
  const force = forceOn({ inForceFrom, inForceUntil }, day);
  return (
    <article class={`card provision${isOn ? ' is-on' : ''}${force === 'in force' ? '' : ' is-off'}`} data-id={id}>
      <div>
        <Heading class="card-title">
          <a href={hrefWith('sanctions', { provision: id, regime: null, listing: null })}>
            {rich('instrument.paragraph', {
              symbol: <SafeText text={instrument.symbol} />,
              paragraph: <SafeText text={paragraph} />,
            })}
          </a>{' '}
          <span class={`badge force-${force.replace(' ', '-')}`}>{t(FORCE[force])}</span>
        </Heading>
        <p class="quiet small">
          <a href={writeAddress('instrument', { id: instrument.id })}>{t('sanctions.act')}</a> · {enumText(measure)},{' '}
          {enumText(direction)} · {inForceText({ inForceFrom, inForceUntil })}
          {deadline && ` · ${t('sanctions.deadline', { day: dayText(deadline) })}`}
        </p>
        <p>
          <SafeText text={summary} />
        </p>
        {cap && <p class="small">{rich('sanctions.allowed', { cap: <SafeText text={cap} /> })}</p>}
        {replacedBy && (
          <p class="small">
            {rich('sanctions.replacedBy', {
              provision: (
                <a href={hrefWith('sanctions', { provision: replacedBy.id })}>
                  {rich('instrument.paragraph', {
                    symbol: <SafeText text={replacedBy.instrument.symbol} />,
                    paragraph: <SafeText text={replacedBy.paragraph} />,
                  })}
                </a>
              ),
            })}
          </p>
        )}
        <details>
          <summary>{t('sanctions.sources')}</summary>
          <p class="small">
            <BasisBadge basis={basis} />
          </p>
          <p class="small">
            {paragraphSource
              ? rich('sanctions.paragraphSource', { source: <SafeText text={paragraphSource} /> })
              : t('sanctions.noParagraphSource')}
          </p>
          <References references={references} />
        </details>
        {!paragraphSource && <p class="badge badge-warn">{t('instrument.unverified')}</p>}
      </div>
      <ClaimsOn id={id} links={links.nodes} totalCount={links.totalCount} />
    </article>
  );
}
