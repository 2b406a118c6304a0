import {
  type ClaimOnSanctionsFragment,
  ReaderProvisionClaimsDocument,
  ReaderRegimeClaimsDocument,
} from '@dossier/client';
import { useState } from 'preact/hooks';
import { writeAddress } from '../../address.js';
import { useList } from '../../graph/useList.js';
import { rich, t } from '../../messages/messages.js';
import { BasisBadge, ConfidenceBadge } from '../../parts/badges.js';
import { enumText, shortId } from '../../parts/labels.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { SafeText } from '../../parts/SafeText.js';
import { Speaker } from '../../parts/Speaker.js';

interface ClaimsOnProps {
  /** The provision or the regime. */
  id: string;
  /** The first claims. */
  links: readonly ClaimOnSanctionsFragment[];
  totalCount: number;
}

/** The claims that bear on a provision or a regime, each with its rationale: the first ones, and all on request. */
export function ClaimsOn({ id, links, totalCount }: ClaimsOnProps) {
  const [isOpen, setOpen] = useState(false);
  if (links.length === 0) return <p class="quiet small">{t('sanctions.noClaim')}</p>;
  if (isOpen) return <AllClaims id={id} />;
  return (
    <div>
      <ClaimList links={links} />
      {links.length < totalCount && (
        <button type="button" onClick={() => setOpen(true)}>
          {t('sanctions.allAssessments', { count: totalCount })}
        </button>
      )}
    </div>
  );
}

function AllClaims({ id }: { id: string }) {
  const isRegime = id.startsWith('regime:');
  const ofProvision = useList(ReaderProvisionClaimsDocument, { id }, (data) => data.provision?.links, {
    all: false,
    isNeeded: !isRegime,
  });
  const ofRegime = useList(ReaderRegimeClaimsDocument, { id }, (data) => data.regime?.links, {
    all: false,
    isNeeded: isRegime,
  });
  const list = isRegime ? ofRegime : ofProvision;
  return (
    <div>
      <ClaimList links={list.nodes} />
      <MoreButton list={list} what={t('sanctions.assessments')} />
    </div>
  );
}

const ClaimList = ({ links }: { links: readonly ClaimOnSanctionsFragment[] }) => (
  <ul class="links-on">
    {links.map(({ id, relation, confidence, rationale, basis, statement, statementId }) => (
      <li key={id}>
        <p>
          <span class="badge badge-strong">{enumText(relation)}</span> <ConfidenceBadge confidence={confidence} />{' '}
          <BasisBadge basis={basis} />
        </p>
        <p>
          {statement ? (
            <>
              <a href={writeAddress('said', { statement: statement.id })}>
                <span class="claim-id">{shortId(statement.id)}</span> <SafeText text={statement.summary} />
              </a>
              <span class="quiet small">
                {' '}
                — <Speaker attribution={statement.attribution} plain />
              </span>
            </>
          ) : (
            <span class="not-now">
              {statementId ? <code>{shortId(statementId.id)}</code> : t('unavailable.statement')}{' '}
              <small>{t('unavailable.summary')}</small>
            </span>
          )}
        </p>
        <p class="quiet small">{rich('claim.why', { rationale: <SafeText text={rationale} /> })}</p>
      </li>
    ))}
  </ul>
);
