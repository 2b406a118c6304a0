import type { RegimeWithClaimsFragment } from '@dossier/client';
import { rich, t } from '../../messages/messages.js';
import { BasisBadge } from '../../parts/badges.js';
import { Name, Names } from '../../parts/Name.js';
import { PassageLinks } from '../../parts/Passages.js';
import { Background, References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { ClaimsOn } from './ClaimsOn.js';

type RegimeOf = RegimeWithClaimsFragment;

/** A regime, with the claims that bear on it as a whole. */
export const RegimeCard = ({
  regime: {
    id,
    name,
    authority,
    authorityId,
    targets,
    targetIds,
    note,
    basis,
    citations,
    references,
    background,
    links,
  },
  isOn,
}: {
  regime: RegimeOf;
  isOn: boolean;
}) => (
  <article class={`card${isOn ? ' is-on' : ''}`} data-id={id}>
    <h3>
      <SafeText text={name} />
    </h3>
    <p class="small">
      <BasisBadge basis={basis} />{' '}
      {rich('sanctions.regimeBy', {
        authority: authorityId ? <Name actor={authority} id={authorityId.id} /> : t('sanctions.noAuthority'),
      })}
      {targetIds.length > 0 && (
        <> · {rich('sanctions.regimeOn', { targets: <Names actors={targets} ids={targetIds} /> })}</>
      )}{' '}
      <PassageLinks citations={citations} />
    </p>
    {note && (
      <p>
        <SafeText text={note} />
      </p>
    )}
    <References references={references} />
    <Background facts={background} />
    <ClaimsOn id={id} links={links.nodes} totalCount={links.totalCount} />
  </article>
);
