import type { ClaimOnSanctionsFragment } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { BasisBadge, ConfidenceBadge } from '../../parts/badges.js';
import { countOf, enumText, shortId } from '../../parts/labels.js';
import { SafeText } from '../../parts/SafeText.js';
import { Speaker } from '../../parts/Speaker.js';

/** The claims that bear on a provision or a regime, each with its rationale. */
export const ClaimsOn = ({ links, totalCount }: { links: readonly ClaimOnSanctionsFragment[]; totalCount: number }) =>
  links.length === 0 ? (
    <p class="quiet small">No claim is known to bear on it.</p>
  ) : (
    <div>
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
                  {statementId ? <code>{shortId(statementId.id)}</code> : 'a statement'}{' '}
                  <small>(its summary is not available now)</small>
                </span>
              )}
            </p>
            <p class="quiet small">
              Why: <SafeText text={rationale} />
            </p>
          </li>
        ))}
      </ul>
      {links.length < totalCount && (
        <p class="quiet small">{countOf(totalCount - links.length, 'more reading')} not shown here.</p>
      )}
    </div>
  );
