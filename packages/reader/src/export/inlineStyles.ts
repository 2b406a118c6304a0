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

/** Copies what the stylesheets say into attributes, and removes links, which mean nothing in a file. */
export function inlineStyles(original: Element, copy: Element): void {
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
