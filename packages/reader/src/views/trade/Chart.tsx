import { scaleBand, scaleLinear } from 'd3-scale';
import { useNarrow } from '../../parts/useNarrow.js';
import { hrefWith } from '../../route.js';
import type { Slot } from './slots.js';

/** Width of the chart in SVG units, smaller for a narrow window. */
const WIDTH = { wide: 640, narrow: 340 };
const HEIGHT = 340;
/** Space above the highest label. */
const MARGIN = 8;
/** Space for the arrow of an open bound. */
const ARROW = 34;
const GAP = 12;
/** Space below the columns, in addition to the period labels. */
const BOTTOM = 16;
/** Space above an open bound. */
const HEAD = 1.08;
const LEAST = 3;

const SAYS = { stated: 'stated', derived: 'computed', missing: 'without a number', absent: 'no figure in the graph' };

/** The chart of a series with its bounds. A figure without a value has a position but no column, because it is not zero. */
export function Chart({ slots, chosen, label }: { slots: readonly Slot[]; chosen: string | undefined; label: string }) {
  const size = useNarrow() ? 'narrow' : 'wide';
  const x = scaleBand()
    .domain(slots.map(({ key }) => key))
    .range([0, WIDTH[size]])
    .padding(0.22);
  const heights = slots.flatMap(({ value, lower, upper }) => [value, lower, upper].filter((each) => each !== null));
  const top = MARGIN + ARROW + LINE * Math.max(1, ...slots.map(({ text }) => linesOf(text, SIGNS[size]).length));
  const bottom = BOTTOM + LINE * Math.max(1, ...slots.map(({ label: period }) => linesOf(period, SIGNS[size]).length));
  const y = scaleLinear()
    .domain([Math.min(0, ...heights) * HEAD, Math.max(0, ...heights) * HEAD || 1])
    .range([HEIGHT - bottom, top]);
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH[size]} ${HEIGHT}`}>
        <title>{label}</title>
        <defs>
          <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="7" class="hatch-line" />
          </pattern>
        </defs>
        <line x1={0} x2={WIDTH[size]} y1={y(0)} y2={y(0)} class="chart-zero" />
        {slots.map((slot) => {
          const left = x(slot.key) ?? 0;
          const column = (
            <Column
              slot={slot}
              left={left}
              width={x.bandwidth()}
              y={y}
              ceiling={top}
              floor={HEIGHT - bottom}
              signs={SIGNS[size]}
            />
          );
          const name = `slot slot-${slot.state}${slot.figure && slot.figure.id === chosen ? ' is-on' : ''}`;
          return slot.figure ? (
            <a
              key={slot.key}
              class={name}
              href={hrefWith('trade', { figure: slot.figure.id })}
              aria-label={`${slot.text} ${slot.label}, ${SAYS[slot.state]}`}
            >
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
  signs: number;
  /** Only labels are above it. */
  ceiling: number;
  /** Height of the period labels below it. */
  floor: number;
  slot: Slot;
  left: number;
  width: number;
  y: (value: number) => number;
}

function Column({
  slot: { label, state, value, lower, upper, opens, text },
  left,
  width,
  y,
  ceiling,
  floor,
  signs,
}: ColumnProps) {
  const middle = left + width / 2;
  const zero = y(0);
  const top = value === null ? ceiling : y(value);
  const from = Math.min(top, zero);
  const whisker = [lower, upper].filter((each) => each !== null).map(y);
  const above = Math.min(from, ...whisker, from) - (opens === 'up' ? ARROW : GAP);
  return (
    <>
      {value === null ? (
        <rect class="gap" x={left} y={top} width={width} height={zero - top} />
      ) : (
        <>
          <rect class="column" x={left} y={from} width={width} height={Math.max(LEAST, Math.abs(zero - top))} />
          {state === 'derived' && (
            <rect class="column-hatch" x={left} y={from} width={width} height={Math.max(LEAST, Math.abs(zero - top))} />
          )}
        </>
      )}
      {lower !== null && upper !== null && (
        <path
          class="whisker"
          d={`M${middle - 12} ${y(lower)}h24M${middle} ${y(lower)}V${y(upper)}M${middle - 12} ${y(upper)}h24`}
        />
      )}
      {opens === 'up' && <path class="whisker" d={`M${middle} ${y(lower ?? value ?? 0)}V${from - 26}m-7 8l7 -8l7 8`} />}
      {opens === 'down' && <path class="whisker" d={`M${middle} ${from}v26m-7 -8l7 8l7 -8`} />}
      <Lines
        text={text}
        signs={signs}
        x={middle}
        y={value === null ? top + 22 : above}
        from={value === null ? 'top' : 'bottom'}
      />
      <Lines text={label} signs={signs} x={middle} y={floor + 24} from="top" class="chart-period" />
    </>
  );
}

const SIGNS = { wide: 16, narrow: 10 };
const LINE = 19;
const HALF_SPACE = '0.16em';

/** Wraps text into lines that fit over a column. */
function linesOf(text: string, signs: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= signs) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A label of several lines, aligned at its first or its last line. */
function Lines({
  text,
  signs,
  x,
  y,
  from,
  class: name = 'chart-label',
}: {
  text: string;
  signs: number;
  x: number;
  y: number;
  from: 'top' | 'bottom';
  class?: string;
}) {
  const lines = linesOf(text, signs);
  const first = from === 'top' ? y : y - (lines.length - 1) * LINE;
  return (
    <text class={name}>
      {lines.map((line, index) => (
        // Screen readers need the space between the lines. It shifts the centre of all lines but the last.
        <tspan key={line} x={x} dx={index < lines.length - 1 ? HALF_SPACE : 0} y={first + index * LINE}>
          {`${line} `}
        </tspan>
      ))}
    </text>
  );
}
