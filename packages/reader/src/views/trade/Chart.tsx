import { scaleBand, scaleLinear } from 'd3-scale';
import { hrefWith } from '../../route.js';
import type { Slot } from './slots.js';

const WIDTH = 640;
const HEIGHT = 340;
const TOP = 56;
const BOTTOM = 44;
/** Room above an open end. */
const HEAD = 1.08;
const LEAST = 3;

const SAYS = { stated: 'stated', derived: 'computed', missing: 'without a number', absent: 'no figure in the graph' };

/** A series with its bounds. What has no number takes its place, and no height: it is not zero. */
export function Chart({ slots, chosen, label }: { slots: readonly Slot[]; chosen: string | undefined; label: string }) {
  const x = scaleBand()
    .domain(slots.map(({ key }) => key))
    .range([0, WIDTH])
    .padding(0.28);
  const heights = slots.flatMap(({ value, lower, upper }) => [value, lower, upper].filter((each) => each !== null));
  const y = scaleLinear()
    .domain([Math.min(0, ...heights) * HEAD, Math.max(0, ...heights) * HEAD || 1])
    .range([HEIGHT - BOTTOM, TOP]);
  return (
    <figure class="chart" aria-label={label}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
        <defs>
          <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="7" class="hatch-line" />
          </pattern>
        </defs>
        <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} class="chart-zero" />
        {slots.map((slot) => {
          const left = x(slot.key) ?? 0;
          const column = <Column slot={slot} left={left} width={x.bandwidth()} y={y} />;
          const name = `slot slot-${slot.state}${slot.figure && slot.figure.id === chosen ? ' is-on' : ''}`;
          return slot.figure ? (
            <a key={slot.key} class={name} href={hrefWith('trade', { figure: slot.figure.id })} aria-label={`${slot.period}: ${slot.text}, ${SAYS[slot.state]}`}>
              {column}
            </a>
          ) : (
            <g key={slot.key} class={name}>
              {column}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

interface ColumnProps {
  slot: Slot;
  left: number;
  width: number;
  y: (value: number) => number;
}

function Column({ slot: { period, state, value, lower, upper, opens, text }, left, width, y }: ColumnProps) {
  const middle = left + width / 2;
  const zero = y(0);
  const top = value === null ? TOP + 30 : y(value);
  const from = Math.min(top, zero);
  const whisker = [lower, upper].filter((each) => each !== null).map(y);
  const above = Math.min(from, ...whisker, from) - (opens === 'up' ? 34 : 12);
  return (
    <>
      {value === null ? (
        <rect class="gap" x={left} y={top} width={width} height={zero - top} />
      ) : (
        <>
          <rect class="column" x={left} y={from} width={width} height={Math.max(LEAST, Math.abs(zero - top))} />
          {state === 'derived' && <rect class="column-hatch" x={left} y={from} width={width} height={Math.max(LEAST, Math.abs(zero - top))} />}
        </>
      )}
      {lower !== null && upper !== null && <path class="whisker" d={`M${middle - 12} ${y(lower)}h24M${middle} ${y(lower)}V${y(upper)}M${middle - 12} ${y(upper)}h24`} />}
      {opens === 'up' && <path class="whisker" d={`M${middle} ${y(lower ?? value ?? 0)}V${from - 26}m-7 8l7 -8l7 8`} />}
      {opens === 'down' && <path class="whisker" d={`M${middle} ${from}v26m-7 -8l7 8l7 -8`} />}
      <Lines text={text} x={middle} y={value === null ? top + 22 : above} from={value === null ? 'top' : 'bottom'} />
      <text class="chart-period" x={middle} y={HEIGHT - BOTTOM + 28}>
        {period}
      </text>
    </>
  );
}

const LINE_SIGNS = 16;
const LINE = 19;

/** A label over as many lines as it takes, from its first line down or from its last line up. */
function Lines({ text, x, y, from }: { text: string; x: number; y: number; from: 'top' | 'bottom' }) {
  const lines = text.split(/\s+/).reduce<string[]>((done, word) => {
    const last = done.at(-1);
    return last !== undefined && `${last} ${word}`.length <= LINE_SIGNS ? [...done.slice(0, -1), `${last} ${word}`] : [...done, word];
  }, []);
  const first = from === 'top' ? y : y - (lines.length - 1) * LINE;
  return (
    <text class="chart-label">
      {lines.map((line, index) => (
        <tspan key={line} x={x} y={first + index * LINE}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
