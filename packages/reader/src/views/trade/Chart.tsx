import { useId } from 'preact/hooks';
import { t } from '../../messages/messages.js';
import { useNarrow } from '../../parts/useNarrow.js';
import { axisOf, ticksOf } from './axis.js';
import { Hatch } from './ChartKey.js';
import type { Slot } from './slots.js';

/** Width of the chart in SVG units, smaller for a narrow window. */
const WIDTH = { wide: 640, narrow: 340 };
const HEIGHT = 340;
/** Space for the numbers of the axis. */
const LEFT = { wide: 56, narrow: 46 };
/** Space for the title of the axis, above the highest label. */
const TITLE = 24;
/** Space for the arrow of an open bound. */
const ARROW = 34;
const GAP = 12;
/** Space below the columns, in addition to the period labels. */
const BOTTOM = 16;
/** Space above an open bound. */
const HEAD = 1.08;
const LEAST = 3;
const PADDING = 0.22;
const TICKS = 4;
/** Height of the mark of a gap above the axis, whatever the values are. */
const MARK = 14;

const STATE = {
  stated: 'trade.stated',
  derived: 'trade.computed',
  missing: 'trade.missing',
  absent: 'trade.absent',
} as const;

interface ChartProps {
  slots: readonly Slot[];
  chosen: string | undefined;
  label: string;
  unit: string | null;
  /** Key of the series, for the code that embeds the chart. */
  series: string;
  /** The address of a figure. */
  hrefOf: (figure: string) => string;
  /** For links out of an embedded chart. */
  target?: string;
}

/**
 * The chart of a series with its bounds. A figure without a value is a mark on the axis with its text, not a column, because it is not zero
 * and has no height.
 */
export function Chart({ slots, chosen, label, unit, series, hrefOf, target }: ChartProps) {
  const size = useNarrow() ? 'narrow' : 'wide';
  const hatch = `hatch${useId()}`;
  const width = WIDTH[size];
  // Each column has a gap on either side, a part of its place.
  const place = (width - LEFT[size]) / Math.max(1, slots.length);
  const columnWidth = place * (1 - PADDING);
  const heights = slots.flatMap(({ value, lower, upper }) => [value, lower, upper].filter((each) => each !== null));
  const top = TITLE + ARROW + LINE * Math.max(1, ...slots.map(({ text }) => linesOf(text, SIGNS[size]).length));
  const bottom = BOTTOM + LINE * Math.max(1, ...slots.map(({ label: period }) => linesOf(period, SIGNS[size]).length));
  const [least, greatest] = [Math.min(0, ...heights) * HEAD, Math.max(0, ...heights) * HEAD || 1];
  const y = (value: number): number =>
    HEIGHT - bottom - ((value - least) / (greatest - least)) * (HEIGHT - bottom - top);
  const axis = axisOf(heights.length > 0 ? ticksOf(least, greatest, TICKS) : [0], unit);
  return (
    <figure class={`chart chart-${size}`}>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} data-picture="" data-series={series}>
        <title>{label}</title>
        <defs>
          <Hatch id={hatch} />
        </defs>
        {axis.title && (
          <text class="chart-tick chart-unit" x={0} y={14}>
            {axis.title}
          </text>
        )}
        <g class="chart-axis">
          {axis.ticks.map(({ value, text }) => (
            <g key={value}>
              <line x1={LEFT[size] - 5} x2={width} y1={y(value)} y2={y(value)} class="chart-grid" />
              <text class="chart-tick" x={LEFT[size] - 9} y={y(value) + 4}>
                {text}
              </text>
            </g>
          ))}
        </g>
        <line x1={LEFT[size] - 5} x2={width} y1={y(0)} y2={y(0)} class="chart-zero" />
        {slots.map((slot, index) => {
          const left = LEFT[size] + index * place + (place - columnWidth) / 2;
          const column = (
            <Column
              slot={slot}
              left={left}
              width={columnWidth}
              y={y}
              floor={HEIGHT - bottom}
              signs={SIGNS[size]}
              hatch={hatch}
            />
          );
          const name = `slot slot-${slot.state}${slot.figure && slot.figure.id === chosen ? ' is-on' : ''}`;
          return slot.figure ? (
            <a
              key={slot.key}
              class={name}
              href={hrefOf(slot.figure.id)}
              target={target}
              aria-label={t('trade.pointLabel', {
                quantity: slot.text,
                period: slot.label,
                state: t(STATE[slot.state]),
              })}
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
  /** Height of the period labels below it. */
  floor: number;
  slot: Slot;
  left: number;
  width: number;
  y: (value: number) => number;
  /** Id of the pattern of computed values. */
  hatch: string;
}

function Column({
  slot: { label, state, value, lower, upper, opens, text },
  left,
  width,
  y,
  floor,
  signs,
  hatch,
}: ColumnProps) {
  const middle = left + width / 2;
  const zero = y(0);
  const end = value === null ? zero : y(value);
  const from = Math.min(end, zero);
  const height = Math.max(LEAST, Math.abs(zero - end));
  const whisker = [lower, upper].filter((each) => each !== null).map(y);
  const above = value === null ? zero - MARK - GAP : Math.min(from, ...whisker) - (opens === 'up' ? ARROW : GAP);
  return (
    <>
      {/* The whole column can be pressed, however low its value is. */}
      <rect class="slot-area" x={left} y={TITLE} width={width} height={Math.max(0, floor - TITLE)} />
      {value === null ? (
        <GapMark x={middle} y={zero - MARK / 2 - 3} isMentioned={state === 'missing'} />
      ) : (
        <>
          <rect class="column" x={left} y={from} width={width} height={height} />
          {state === 'derived' && (
            <rect class="column-hatch" fill={`url(#${hatch})`} x={left} y={from} width={width} height={height} />
          )}
        </>
      )}
      {lower !== null && upper !== null && (
        <path
          class="whisker"
          d={`M${middle - 12} ${y(lower)}h24M${middle} ${y(lower)}V${y(upper)}M${middle - 12} ${y(upper)}h24`}
        />
      )}
      {opens === 'up' && <path class="whisker" d={`M${middle} ${end}V${from - 26}m-7 8l7 -8l7 8`} />}
      {opens === 'down' && <path class="whisker" d={`M${middle} ${from}v26m-7 -8l7 8l7 -8`} />}
      <Lines text={text} signs={signs} x={middle} y={above} from="bottom" />
      <Lines text={label} signs={signs} x={middle} y={floor + 24} from="top" class="chart-period" />
    </>
  );
}

/** A cross for a period without a figure, a ring for a figure without a number. */
const GapMark = ({ x, y, isMentioned }: { x: number; y: number; isMentioned: boolean }) =>
  isMentioned ? (
    <circle class="gap" cx={x} cy={y} r={MARK / 2} />
  ) : (
    <path class="gap" d={`M${x - MARK / 2} ${y - MARK / 2}l${MARK} ${MARK}m0 ${-MARK}l${-MARK} ${MARK}`} />
  );

const SIGNS = { wide: 16, narrow: 9 };
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
