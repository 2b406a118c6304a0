import type { DateFragment } from '@dossier/client';
import { t } from '../../messages/messages.js';
import { extentOf, type Window } from './extent.js';

interface BarProps {
  date: DateFragment;
  window: Window;
  /** The style: solid for occurred, hollow for planned, hatched for alleged, thin for statements. */
  shape: 'occurred' | 'planned' | 'alleged' | 'said';
}

const share = (part: number): string => `${(100 * part).toFixed(3)}%`;

/** A bar as wide as the date is uncertain. Hidden from screen readers, because the date is beside it. */
export function Bar({ date, window, shape }: BarProps) {
  const { left, width, opensLeft, opensRight, isCutLeft, isCutRight, outside, isOneDay } = extentOf(date, window);
  if (outside) {
    return (
      <div class="track" aria-hidden="true">
        <span class={`outside outside-${outside}`}>
          {t(outside === 'before' ? 'timeline.earlier' : 'timeline.later')}
        </span>
      </div>
    );
  }
  const isRough = /[~?%]/.test(date.edtf);
  const name = [
    'bar',
    `bar-${shape}`,
    isOneDay && 'bar-day',
    isRough && 'bar-rough',
    date.basis === 'INFERRED' && 'bar-inferred',
    opensLeft && 'opens-left',
    opensRight && 'opens-right',
    isCutLeft && 'is-cut-left',
    isCutRight && 'is-cut-right',
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <div class="track" aria-hidden="true">
      <span class={name} style={{ left: share(left), width: share(width) }} />
    </div>
  );
}
