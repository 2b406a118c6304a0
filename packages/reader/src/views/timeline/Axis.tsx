import { utcTicks } from 'd3-time';
import { formatDate } from '../../messages/messages.js';
import { dateOf, type Window } from './extent.js';

const TICKS = 5;
const DAYS_OF_YEARS = 900;
const DAYS_OF_MONTHS = 100;
/** Percent from which there is no room for a label after its line: it is before it. */
const LAST = 85;

/** The axis, with as many labels as there is room for. */
export function Axis({ window }: { window: Window }) {
  const [from, until] = [new Date(dateOf(window.from)), new Date(dateOf(window.until))];
  const percent = (tick: Date): number =>
    (100 * (tick.getTime() - from.getTime())) / (until.getTime() - from.getTime());
  const days = window.until - window.from;
  const form: Intl.DateTimeFormatOptions =
    days > DAYS_OF_YEARS
      ? { year: 'numeric' }
      : days > DAYS_OF_MONTHS
        ? { month: 'short', year: 'numeric' }
        : { day: 'numeric', month: 'short' };
  return (
    <div class="axis" aria-hidden="true">
      {utcTicks(from, until, TICKS).map((tick) => (
        <span
          key={tick.getTime()}
          class={percent(tick) > LAST ? 'is-last' : undefined}
          style={{ left: `${percent(tick)}%` }}
        >
          {formatDate(tick, form)}
        </span>
      ))}
    </div>
  );
}
