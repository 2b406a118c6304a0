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
}) => {
  const Heading = isOn ? 'h2' : 'h3';
  return (
    <article class={`card${isOn ? ' is-on' : ''}`} data-id={id}>
      <Heading class="card-title">
        <SafeText text={name} />
      </Heading>
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
};
