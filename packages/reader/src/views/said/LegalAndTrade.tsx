import type { AnswerError, ReaderStatementQuery } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { failedServiceAt } from '../../graph/errors.js';
import { ConfidenceBadge } from '../../parts/badges.js';
import { enumText } from '../../parts/labels.js';
import { quantityText } from '../../parts/quantity.js';
import { SafeText } from '../../parts/SafeText.js';
import { Unavailable } from '../../parts/Unavailable.js';

type StatementOf = NonNullable<ReaderStatementQuery['statement']>;

/** Provisions and trade figures of a statement. They come from two services, either of which may be down. */
export function LegalAndTrade({
  statement: { provisionLinks, tradeFigures },
  errors,
}: {
  statement: StatementOf;
  errors: readonly AnswerError[];
}) {
  return (
    <>
      <h3>Sanctions that it bears on</h3>
      {!provisionLinks && (
        <Unavailable what="Provisions" service={failedServiceAt(errors, 'statement', 'provisionLinks')} />
      )}
      {provisionLinks?.length === 0 && <p class="quiet">None is known.</p>}
      <ul class="plain-list">
        {provisionLinks?.map(({ id, relation, confidence, rationale, regime, provision }) => (
          <li key={id}>
            <span class="badge">{enumText(relation)}</span>{' '}
            {provision ? (
              <a href={writeAddress('sanctions', { provision: provision.id })}>
                <SafeText text={provision.instrument.symbol} />, para. <SafeText text={provision.paragraph} />
              </a>
            ) : (
              <a href={writeAddress('sanctions', { regime: regime.id })}>
                <SafeText text={regime.name} />, as a whole
              </a>
            )}{' '}
            <ConfidenceBadge confidence={confidence} />
            <p class="quiet small">
              Why: <SafeText text={rationale} />
            </p>
          </li>
        ))}
      </ul>
      <h3>Trade figures in it</h3>
      {!tradeFigures && <Unavailable what="Figures" service={failedServiceAt(errors, 'statement', 'tradeFigures')} />}
      {tradeFigures?.length === 0 && <p class="quiet">None.</p>}
      <ul class="plain-list">
        {tradeFigures?.map((figure) => (
          <li key={figure.id}>
            <a href={writeAddress('trade', { figure: figure.id })}>{quantityText(figure).text}</a>
            {figure.statedAs && (
              <span class="quiet small">
                {' '}
                — stated as “<SafeText text={figure.statedAs} />”
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
