import type { ComponentChildren } from 'preact';
import { t } from '../../messages/messages.js';
import { Term } from '../../parts/Term.js';

/** A mark of the chart, drawn as it is there. */
const Mark = ({ children }: { children: ComponentChildren }) => (
  <svg class="sample-mark" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    {children}
  </svg>
);

/** What the marks of a chart mean. */
export const ChartKey = () => (
  <ul class="legend-line" aria-label={t('trade.legend')}>
    <li>
      <span class="sample sample-stated" aria-hidden="true" /> {t('trade.stated')}
    </li>
    <li>
      <span class="sample sample-derived" aria-hidden="true" /> <Term of="computed" />
    </li>
    <li>
      <Mark>
        <circle class="gap" cx="10" cy="10" r="7" />
      </Mark>{' '}
      {t('trade.missing')}
    </li>
    <li>
      <Mark>
        <path class="gap" d="M3 3L17 17M17 3L3 17" />
      </Mark>{' '}
      {t('trade.legendAbsent')}
    </li>
    <li>
      <Mark>
        <path class="whisker" d="M4 2h12M10 2V18M4 18h12" />
      </Mark>{' '}
      <Term of="bounds" />
    </li>
    <li>
      <Mark>
        <path class="whisker" d="M10 19V2m-6 7l6 -7l6 7" />
      </Mark>{' '}
      {t('trade.legendBeyond')}
    </li>
  </ul>
);
