import { inlineStyles } from './inlineStyles.js';
import { markOfBar } from './timelinePicture.js';

/** A mark of a chart and what it means. */
export interface KeyItem {
  mark: SVGElement;
  text: string;
}

/** The key on the page, as a part of a picture: a chart that is taken out of the page must be understood alone. */
export const shownKey = (): KeyItem[] =>
  [...document.querySelectorAll('main [data-key]')].flatMap((item) => {
    const mark = markOf(item);
    return mark ? [{ mark, text: textOf(item) }] : [];
  });

function markOf(item: Element): SVGElement | null {
  const bar = item.querySelector<HTMLElement>('.bar');
  if (bar) return markOfBar(bar);
  const svg = item.querySelector('svg');
  if (!svg) return null;
  const copy = svg.cloneNode(true) as SVGElement;
  inlineStyles(svg, copy);
  return copy;
}

/** The words of the key, without the explanation of a term that is open. */
function textOf(item: Element): string {
  const copy = item.cloneNode(true) as Element;
  for (const other of copy.querySelectorAll('svg, .term-note')) other.remove();
  return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
}
