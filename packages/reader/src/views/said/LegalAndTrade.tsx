import type { AnswerError, ReaderStatementQuery } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { failedServiceAt } from '../../graph/errors.js';
import { rich, t } from '../../messages/messages.js';
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
      <h3>{t('said.sanctions')}</h3>
      {!provisionLinks && (
        <Unavailable
          what={t('sanctions.provisionsPart')}
          service={failedServiceAt(errors, 'statement', 'provisionLinks')}
        />
      )}
      {provisionLinks?.length === 0 && <p class="quiet">{t('said.noSanctions')}</p>}
      <ul class="plain-list">
        {provisionLinks?.map(({ id, relation, confidence, rationale, regime, provision }) => (
          <li key={id}>
            <span class="badge">{enumText(relation)}</span>{' '}
            {provision ? (
              <a href={writeAddress('sanctions', { provision: provision.id })}>
                {rich('instrument.paragraph', {
                  symbol: <SafeText text={provision.instrument.symbol} />,
                  paragraph: <SafeText text={provision.paragraph} />,
                })}
              </a>
            ) : (
              <a href={writeAddress('sanctions', { regime: regime.id })}>
                {rich('said.asAWhole', { regime: <SafeText text={regime.name} /> })}
              </a>
            )}{' '}
            <ConfidenceBadge confidence={confidence} />
            <p class="quiet small">{rich('claim.why', { rationale: <SafeText text={rationale} /> })}</p>
          </li>
        ))}
      </ul>
      <h3>{t('said.figures')}</h3>
      {!tradeFigures && (
        <Unavailable what={t('trade.figures')} service={failedServiceAt(errors, 'statement', 'tradeFigures')} />
      )}
      {tradeFigures?.length === 0 && <p class="quiet">{t('said.noFigures')}</p>}
      <ul class="plain-list">
        {tradeFigures?.map((figure) => (
          <li key={figure.id}>
            <a href={writeAddress('trade', { figure: figure.id })}>{quantityText(figure).text}</a>
            {figure.statedAs && (
              <span class="quiet small">
                {' '}
                — {rich('said.statedAs', { words: <SafeText text={figure.statedAs} /> })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
