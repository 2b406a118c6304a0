import { useId } from 'preact/hooks';
import { t } from '../../messages/messages.js';
import { KeyMark } from '../../parts/KeyMark.js';
import { Term } from '../../parts/Term.js';

/** The columns of computed values, hatched. `id` is that of the pattern. */
export const Hatch = ({ id }: { id: string }) => (
  <pattern id={id} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <line x1="0" y1="0" x2="0" y2="7" class="hatch-line" />
  </pattern>
);

const COLUMN = { x: 4, y: 3, width: 32, height: 14 };

function ComputedMark() {
  const hatch = `key${useId()}`;
  return (
    <KeyMark>
      <Hatch id={hatch} />
      <g class="slot-derived">
        <rect class="column" {...COLUMN} />
        <rect class="column-hatch" fill={`url(#${hatch})`} {...COLUMN} />
      </g>
    </KeyMark>
  );
}

/** What the marks of a chart mean. A saved picture has the same key. */
export const ChartKey = () => (
  <ul class="legend-line" aria-label={t('trade.legend')}>
    <li data-key="">
      <KeyMark>
        <rect class="column" {...COLUMN} />
      </KeyMark>{' '}
      {t('trade.stated')}
    </li>
    <li data-key="">
      <ComputedMark /> <Term of="computed" />
    </li>
    <li data-key="">
      <KeyMark>
        <circle class="gap" cx="20" cy="10" r="7" />
      </KeyMark>{' '}
      {t('trade.missing')}
    </li>
    <li data-key="">
      <KeyMark>
        <path class="gap" d="M13 3L27 17M27 3L13 17" />
      </KeyMark>{' '}
      {t('trade.legendAbsent')}
    </li>
    <li data-key="">
      <KeyMark>
        <path class="whisker" d="M14 2h12M20 2V18M14 18h12" />
      </KeyMark>{' '}
      <Term of="bounds" />
    </li>
    <li data-key="">
      <KeyMark>
        <path class="whisker" d="M20 19V2m-6 7l6 -7l6 7" />
      </KeyMark>{' '}
      {t('trade.legendBeyond')}
    </li>
  </ul>
);
