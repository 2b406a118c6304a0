const SVG = 'http://www.w3.org/2000/svg';
/** Properties that a picture needs from the stylesheets of the page. */
const PROPERTIES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'opacity',
  'font-size',
  'font-weight',
  'font-family',
  'text-anchor',
  'text-decoration',
  'marker-end',
];
const MARGIN = 16;
const LINE = 16;
/** Characters of a line of the source, per SVG unit of width. */
const CHARACTERS_PER_UNIT = 0.165;
/** Pixels of a bitmap per unit, so that it stays sharp in print. */
const SCALE = 2;

export interface Picture {
  svg: string;
  width: number;
  height: number;
}

/** A drawing as a file of its own: with its title above, and its source below. */
export function pictureOf(original: SVGSVGElement, title: string, source: readonly string[]): Picture {
  const { width, height } = original.viewBox.baseVal;
  const copy = original.cloneNode(true) as SVGSVGElement;
  const root = document.createElementNS(SVG, 'svg');
  const page = getComputedStyle(document.body);
  copy.setAttribute('font-family', page.fontFamily);
  inlineStyles(original, copy);
  const perLine = Math.max(30, Math.floor(width * CHARACTERS_PER_UNIT));
  const titleLines = wrapText(title, perLine - 6);
  const sourceLines = source.flatMap((line) => wrapText(line, perLine));
  const top = MARGIN + titleLines.length * (LINE + 4) + 8;
  const whole = { width: width + 2 * MARGIN, height: top + height + sourceLines.length * LINE + 2 * MARGIN };
  root.setAttribute('xmlns', SVG);
  root.setAttribute('width', String(whole.width));
  root.setAttribute('height', String(whole.height));
  root.setAttribute('viewBox', `0 0 ${whole.width} ${whole.height}`);
  const background = document.createElementNS(SVG, 'rect');
  background.setAttribute('width', '100%');
  background.setAttribute('height', '100%');
  background.setAttribute('fill', getComputedStyle(document.documentElement).backgroundColor);
  copy.setAttribute('x', String(MARGIN));
  copy.setAttribute('y', String(top));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const text = (content: string, y: number, size: number, weight: string): SVGTextElement => {
    const line = document.createElementNS(SVG, 'text');
    line.textContent = content;
    line.setAttribute('x', String(MARGIN));
    line.setAttribute('y', String(y));
    line.setAttribute('font-size', String(size));
    line.setAttribute('font-weight', weight);
    line.setAttribute('font-family', page.fontFamily);
    line.setAttribute('fill', page.color);
    return line;
  };
  root.append(
    background,
    ...titleLines.map((line, index) => text(line, MARGIN + 14 + index * (LINE + 4), 16, 'bold')),
    copy,
    ...sourceLines.map((line, index) => text(line, top + height + MARGIN + (index + 1) * LINE, 12, 'normal')),
  );
  return { svg: new XMLSerializer().serializeToString(root), ...whole };
}

/** Copies what the stylesheets say into attributes, and removes links, which mean nothing in a file. */
function inlineStyles(original: Element, copy: Element): void {
  const style = getComputedStyle(original);
  for (const property of PROPERTIES) {
    const value = style.getPropertyValue(property);
    if (value) copy.setAttribute(property, value.replaceAll(/url\("[^"#]*#/g, 'url("#'));
  }
  for (const name of ['class', 'href', 'target', 'data-picture']) copy.removeAttribute(name);
  for (const [index, child] of [...original.children].entries()) {
    const other = copy.children[index];
    if (other) inlineStyles(child, other);
  }
}

/** Lines of at most this many characters. A longer word is broken. */
export function wrapText(text: string, characters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    const points = [...word];
    if (last !== undefined && `${last} ${word}`.length <= characters) lines[lines.length - 1] = `${last} ${word}`;
    else
      for (let at = 0; at === 0 || at < points.length; at += characters)
        lines.push(points.slice(at, at + characters).join(''));
  }
  return lines;
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
