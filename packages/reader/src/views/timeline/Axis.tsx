import { utcTicks } from 'd3-time';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatDate } from '../../messages/messages.js';
import { monthText } from './buckets.js';
import { dateOf, type Window } from './extent.js';

const TICKS = 5;
const DAYS_OF_YEARS = 900;
const DAYS_OF_MONTHS = 100;
/** Percent from which there is no room for a label after its line: it is before it. */
const LAST = 85;

/** Hides each label that would cover the one before it. */
function hideCovering(axis: Element): void {
  let end = Number.NEGATIVE_INFINITY;
  for (const label of axis.querySelectorAll('span')) {
    const { left, right } = label.getBoundingClientRect();
    const isCovering = left < end;
    label.style.visibility = isCovering ? 'hidden' : '';
    if (!isCovering) end = right;
  }
}

/** The axis, with as many labels as there is room for. */
export function Axis({ window }: { window: Window }) {
  const [from, until] = [new Date(dateOf(window.from)), new Date(dateOf(window.until))];
  const percent = (tick: Date): number =>
    (100 * (tick.getTime() - from.getTime())) / (until.getTime() - from.getTime());
  const days = window.until - window.from;
  const labelOf = (tick: Date): string =>
    days > DAYS_OF_YEARS
      ? formatDate(tick, { year: 'numeric' })
      : days > DAYS_OF_MONTHS
        ? monthText(tick)
        : formatDate(tick, { day: 'numeric', month: 'short' });
  const axis = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = axis.current;
    if (!element) return;
    const observer = new ResizeObserver(() => hideCovering(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, [window.from, window.until]);
  return (
    <div ref={axis} class="axis" aria-hidden="true">
      {utcTicks(from, until, TICKS).map((tick) => (
        <span
          key={tick.getTime()}
          class={percent(tick) > LAST ? 'is-last' : undefined}
          style={{ left: `${percent(tick)}%` }}
        >
          {labelOf(tick)}
        </span>
      ))}
    </div>
  );
}
