import { EVENT_STATUSES, eventStatusText } from '../parts/labels.js';
import { wrapText } from './wrapText.js';

const SVG = 'http://www.w3.org/2000/svg';
/** Widths of the labels and of the bars, in SVG units. */
const LABELS = 400;
const BARS = 480;
const GAP = 20;
const LINE = 16;
const AXIS = 26;
/** Characters of a line of a label. */
const CHARACTERS = 56;
const PADDING = 9;
const BAR = 14;
const LEAST = 6;

type Attributes = Record<string, string | number | undefined>;

function element(name: string, attributes: Attributes, ...children: (Node | string)[]): SVGElement {
  const created = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) created.setAttribute(key, String(value));
  created.append(...children);
  return created;
}

const textOf = (root: Element, selector: string): string =>
  (root.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** A share of the width, as the style of an element states it. */
const shareOf = (text: string): number => Number.parseFloat(text) / 100 || 0;

interface Place {
  x: number;
  /** The middle of the bar. */
  y: number;
  width: number;
}

/** The pattern of a bar, by its style and whether its date is inferred. */
function fillOf(bar: HTMLElement, colour: string): string {
  const is = (name: string): boolean => bar.classList.contains(name);
  const isInferred = is('bar-inferred');
  if (is('bar-planned')) return isInferred ? 'url(#timeline-sparse)' : 'none';
  if (is('bar-alleged')) return `url(#timeline-${isInferred ? 'cross' : 'hatch'})`;
  return isInferred ? `url(#timeline-dots-${is('bar-said') ? 'said' : 'event'})` : colour;
}

/** What a bar looks like: filled, hollow with a dashed edge, hatched, or thin, as on the page. */
function barOf(bar: HTMLElement, { x, y, width }: Place, colours: Colours): SVGElement {
  const is = (name: string): boolean => bar.classList.contains(name);
  const colour = is('bar-alleged') ? colours.alleged : is('bar-said') ? colours.said : colours.event;
  const height = is('bar-said') ? BAR / 2 : BAR;
  const fades = is('opens-left') || is('opens-right');
  const chevron = (at: number, direction: 1 | -1) =>
    element('path', {
      d: `M${at} ${y - height / 2 - 2}l${direction * 4} ${height / 2 + 2}l${-direction * 4} ${height / 2 + 2}`,
      fill: 'none',
      stroke: colours.ink,
      'stroke-width': 2,
    });
  return element(
    'g',
    {},
    element('rect', {
      x,
      y: y - height / 2,
      width,
      height,
      rx: 3,
      fill: fillOf(bar, colour),
      stroke: colour,
      'stroke-width': 1.5,
      ...((is('bar-planned') || is('bar-rough')) && { 'stroke-dasharray': is('bar-rough') ? '1.5 2.5' : '5 3' }),
      ...(fades && {
        mask: `url(#timeline-fade-${is('opens-left') ? (is('opens-right') ? 'both' : 'left') : 'right'})`,
      }),
    }),
    ...(is('is-cut-left') ? [chevron(x + 1, -1)] : []),
    ...(is('is-cut-right') ? [chevron(x + width - 1, 1)] : []),
  );
}

/** A bar of the key, as the drawing has it. */
export function markOfBar(bar: HTMLElement): SVGElement {
  return element('svg', { viewBox: '0 0 40 20' }, barOf(bar, { x: 5, y: 10, width: 30 }, coloursOf()));
}

interface Colours {
  ink: string;
  quiet: string;
  line: string;
  event: string;
  alleged: string;
  said: string;
}

function coloursOf(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: of('ink'),
    quiet: of('quiet'),
    line: of('line-strong'),
    event: of('accent'),
    alleged: of('amber'),
    said: of('violet'),
  };
}

/** The patterns of inferred and alleged bars, and the masks of open ends. */
function definitionsOf({ alleged, event, said }: Colours): SVGElement {
  const dots = (name: string, colour: string, size = 5) =>
    element(
      'pattern',
      { id: `timeline-${name}`, width: size, height: size, patternUnits: 'userSpaceOnUse' },
      element('circle', { cx: size / 2, cy: size / 2, r: 1.3, fill: colour }),
    );
  const lines = (name: string, size: number, ...paths: SVGElement[]) =>
    element(
      'pattern',
      {
        id: `timeline-${name}`,
        width: size,
        height: size,
        patternUnits: 'userSpaceOnUse',
        patternTransform: 'rotate(45)',
      },
      ...paths,
    );
  const stop = (offset: number, opacity: number) =>
    element('stop', { offset, 'stop-color': '#fff', 'stop-opacity': opacity });
  const fade = (name: string, ...stops: SVGElement[]) => [
    element('linearGradient', { id: `timeline-gradient-${name}` }, ...stops),
    element(
      'mask',
      { id: `timeline-fade-${name}`, maskContentUnits: 'objectBoundingBox' },
      element('rect', { width: 1, height: 1, fill: `url(#timeline-gradient-${name})` }),
    ),
  ];
  return element(
    'defs',
    {},
    lines('hatch', 6, element('line', { x1: 0, y1: 0, x2: 0, y2: 6, stroke: alleged, 'stroke-width': 5 })),
    lines('cross', 6, element('path', { d: 'M0 0V6M0 0H6', stroke: alleged, 'stroke-width': 3 })),
    dots('dots-event', event),
    dots('dots-said', said),
    dots('sparse', event, 9),
    ...fade('left', stop(0, 0), stop(0.7, 1)),
    ...fade('right', stop(0.3, 1), stop(1, 0)),
    ...fade('both', stop(0, 0), stop(0.3, 1), stop(0.7, 1), stop(1, 0)),
  );
}

/** The timeline of the page as one drawing: each row with its label, its status, its date and its bar. */
export function drawTimeline(timeline: Element): SVGSVGElement {
  const colours = coloursOf();
  const left = LABELS + GAP;
  const svg = element('svg', {}, definitionsOf(colours)) as SVGSVGElement;
  const write = (text: string, x: number, y: number, more: Attributes = {}): void => {
    svg.append(element('text', { x, y, 'font-size': 13, fill: colours.ink, ...more }, text));
  };
  for (const tick of timeline.querySelectorAll<HTMLElement>('.axis span')) {
    const x = left + shareOf(tick.style.left) * BARS;
    svg.append(element('line', { x1: x, x2: x, y1: 4, y2: AXIS, stroke: colours.line }));
    const isLast = tick.classList.contains('is-last');
    write(tick.textContent ?? '', isLast ? x - 4 : x + 4, AXIS - 6, {
      fill: colours.quiet,
      'font-size': 12,
      ...(isLast && { 'text-anchor': 'end' }),
    });
  }
  svg.append(element('line', { x1: left, x2: left + BARS, y1: AXIS, y2: AXIS, stroke: colours.line }));
  let y = AXIS + 4;
  for (const row of timeline.querySelectorAll('.row')) {
    const status = EVENT_STATUSES.find((each) => row.querySelector(`.event-${each.toLowerCase()}`));
    const label = textOf(row, '.row-title bdi') || textOf(row, 'summary');
    const date = row.querySelector('.row-title') ? textOf(row, '.when') : '';
    const small = [status && eventStatusText(status), date].filter(Boolean).join(', ');
    const lines = wrapText(label, CHARACTERS);
    const smallLines = small ? wrapText(small, CHARACTERS + 6) : [];
    const height = PADDING * 2 + LINE * (lines.length + smallLines.length);
    for (const [index, line] of lines.entries()) write(line, 0, y + PADDING + LINE * (index + 0.8));
    for (const [index, line] of smallLines.entries())
      write(line, 0, y + PADDING + LINE * (lines.length + index + 0.8), { fill: colours.quiet, 'font-size': 12 });
    const bar = row.querySelector<HTMLElement>('.track .bar');
    const middle = y + PADDING + LINE / 2;
    if (bar) {
      const width = Math.max(LEAST, shareOf(bar.style.width) * BARS);
      // A short bar at the end of the axis ends there.
      const x = Math.min(left + shareOf(bar.style.left) * BARS, left + BARS - width);
      svg.append(barOf(bar, { x, y: middle, width }, colours));
    } else {
      const isBefore = row.querySelector('.outside-before') !== null;
      write(textOf(row, '.outside'), isBefore ? left : left + BARS, middle + 4, {
        fill: colours.quiet,
        'font-size': 12,
        'text-anchor': isBefore ? 'start' : 'end',
      });
    }
    y += height;
    svg.append(element('line', { x1: 0, x2: left + BARS, y1: y, y2: y, stroke: colours.line, 'stroke-width': 0.4 }));
  }
  svg.setAttribute('viewBox', `0 0 ${left + BARS} ${Math.ceil(y + 4)}`);
  return svg;
}
