import { rich, t } from '../../messages/messages.js';

/** The legend of the highlights. */
export const Legend = ({ withText }: { withText: boolean }) => (
  <details class="legend">
    <summary>{t('legend.title')}</summary>
    {withText ? (
      <ul>
        <li>
          {rich('legend.numberText', {
            mark: <span class="claim-mark" role="img" aria-label={t('legend.number')} data-mark="S01" />,
            words: <span class="seg in-claim is-on">{t('legend.words')}</span>,
          })}
        </li>
        <li>{rich('legend.quotedText', { mark: <span class="seg quote quote-direct">{t('legend.quoted')}</span> })}</li>
        <li>{rich('legend.scareText', { mark: <span class="seg quote quote-scare">{t('legend.scare')}</span> })}</li>
        <li>
          {rich('legend.imputedText', { mark: <span class="seg quote quote-imputed">{t('legend.imputed')}</span> })}
        </li>
        <li>{rich('legend.hedgeText', { mark: <span class="seg hedge">{t('legend.hedge')}</span> })}</li>
        <li>{rich('legend.insertionText', { mark: <span class="seg insertion">{t('legend.insertion')}</span> })}</li>
      </ul>
    ) : (
      <ul>
        <li>
          <span class="swatch strip-claim" /> {t('legend.stripClaim')}
        </li>
        <li>
          <span class="swatch strip-quote" /> {t('legend.stripQuote')}
        </li>
        <li>
          <span class="swatch strip-hedge" /> {t('legend.stripHedge')}
        </li>
      </ul>
    )}
  </details>
);
