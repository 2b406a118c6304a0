import { inlineStyles } from './inlineStyles.js';
import type { KeyItem } from './pictureKey.js';
import { wrapText } from './wrapText.js';

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 16;
/** The size and the line height of the title, and of the small text below. */
const TITLE = { size: 16, line: 20 };
const SMALL = { size: 12, line: 16 };
/** The size of a mark of the key, the space to its text, and to the next item. */
const MARK = { width: 40, height: 20, gap: 6, after: 18 };
/** Fonts of other programs may be wider than that of the browser. */
const SAFETY = 1.04;
/** Pixels of a bitmap per unit, so that it stays sharp in print. */
const SCALE = 2;

interface Picture {
  svg: string;
  width: number;
  height: number;
}

export interface PictureParts {
  title: string;
  key: readonly KeyItem[];
  /** What the chart leaves out, and where it is from: one paragraph each. */
  notes: readonly string[];
}

interface Style {
  ink: string;
  family: string;
  measure: (text: string, font: { size: number; weight?: string }) => number;
}

function styleOfPage(): Style {
  const page = getComputedStyle(document.body);
  const context = document.createElement('canvas').getContext('2d');
  return {
    ink: page.color,
    family: page.fontFamily,
    measure: (text, { size, weight = 'normal' }) => {
      if (!context) return text.length * size * 0.6;
      context.font = `${weight} ${size}px ${page.fontFamily}`;
      return context.measureText(text).width * SAFETY;
    },
  };
}

/** A drawing as a file of its own: with its title above, and its key, its notes and its source below. */
export function pictureOf(original: SVGSVGElement, { title, key, notes }: PictureParts): Picture {
  const { width, height } = original.viewBox.baseVal;
  const style = styleOfPage();
  const copy = original.cloneNode(true) as SVGSVGElement;
  inlineStyles(original, copy);
  copy.setAttribute('font-family', style.family);
  // The picture as a whole has it.
  copy.querySelector(':scope > title')?.remove();
  const bold = { size: TITLE.size, weight: 'bold' };
  const titleLines = wrapText(title, width, (line) => style.measure(line, bold));
  const noteLines = notes.flatMap((note) => wrapText(note, width, (line) => style.measure(line, SMALL)));
  const top = MARGIN + titleLines.length * TITLE.line + 8;
  const placed = placeKey(key, width, style);
  const keyTop = top + height + MARGIN;
  const notesTop = keyTop + placed.height + (key.length > 0 ? 10 : 0);
  const whole = { width: width + 2 * MARGIN, height: notesTop + noteLines.length * SMALL.line + MARGIN };
  place(copy, MARGIN, top, width, height);
  for (const { mark, x, y } of placed.items) place(mark, MARGIN + x, keyTop + y, MARK.width, MARK.height);

  const root = document.createElementNS(SVG, 'svg');
  root.setAttribute('xmlns', SVG);
  place(root, 0, 0, whole.width, whole.height);
  root.setAttribute('viewBox', `0 0 ${whole.width} ${whole.height}`);
  const background = document.createElementNS(SVG, 'rect');
  background.setAttribute('width', '100%');
  background.setAttribute('height', '100%');
  background.setAttribute('fill', getComputedStyle(document.documentElement).backgroundColor);
  const name = document.createElementNS(SVG, 'title');
  name.textContent = title;
  root.append(
    name,
    background,
    ...titleLines.map((line, index) => text(line, MARGIN, MARGIN + 14 + index * TITLE.line, style, bold)),
    copy,
    ...placed.items.flatMap(({ mark, lines, x, y }) => [
      mark,
      ...lines.map((line, index) =>
        text(line, MARGIN + x + MARK.width + MARK.gap, keyTop + y + 14 + index * SMALL.line, style, SMALL),
      ),
    ]),
    ...noteLines.map((line, index) => text(line, MARGIN, notesTop + (index + 0.75) * SMALL.line, style, SMALL)),
  );
  return { svg: new XMLSerializer().serializeToString(root), ...whole };
}

/** The items of a key in rows, each as a mark with the lines of its text. */
function placeKey(key: readonly KeyItem[], width: number, { measure }: Style) {
  const room = width - MARK.width - MARK.gap;
  let [x, y, rowHeight] = [0, 0, 0];
  const items = key.map(({ mark, text: words }) => {
    const lines = wrapText(words, room, (line) => measure(line, SMALL));
    const itemWidth = MARK.width + MARK.gap + Math.max(...lines.map((line) => measure(line, SMALL)));
    if (x > 0 && x + itemWidth > width) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const item = { mark, lines, x, y };
    x += itemWidth + MARK.after;
    rowHeight = Math.max(rowHeight, MARK.height + (lines.length - 1) * SMALL.line);
    return item;
  });
  return { items, height: y + rowHeight };
}

function place(element: SVGElement, x: number, y: number, width: number, height: number): void {
  for (const [name, value] of Object.entries({ x, y, width, height })) element.setAttribute(name, String(value));
}

function text(
  words: string,
  x: number,
  y: number,
  { ink, family }: Style,
  { size, weight = 'normal' }: { size: number; weight?: string },
): SVGTextElement {
  const line = document.createElementNS(SVG, 'text');
  line.textContent = words;
  const attributes = { x, y, 'font-size': size, 'font-weight': weight, 'font-family': family, fill: ink };
  for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, String(value));
  return line;
}

/** The same as a bitmap. Rejects if the browser cannot draw it. */
export async function bitmapOf({ svg, width, height }: Picture): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * SCALE;
    canvas.height = height * SCALE;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No bitmap.')))),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
