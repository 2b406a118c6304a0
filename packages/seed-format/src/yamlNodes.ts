import { isMap, isScalar, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';

// Edits of a YAML file by offsets of its parsed nodes, so that everything else of the file stays as it is.

/** Text that replaces a part of a source. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

export type MapNode = YAMLMap<ParsedNode, ParsedNode | null> & { range: [number, number, number] };
export type SeqNode = YAMLSeq<ParsedNode> & { range: [number, number, number] };
export interface Context {
  source: string;
  eol: string;
}

export const pairOf = (map: MapNode, key: string) =>
  map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
/** The end of what is written for a node, without the comments and empty lines after it. */
export function contentEnd(node: ParsedNode): number {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);
    if (!last) return node.range[1];
    return last.value && !(isScalar(last.value) && last.value.source === '')
      ? contentEnd(last.value)
      : (last.key as ParsedNode).range[1] + 1;
  }
  if (isSeq(node) && !node.flow) {
    const last = node.items.at(-1);
    return last ? contentEnd(last as ParsedNode) : node.range[1];
  }
  return node.range[1];
}

/** The beginning of the line after a position; the end of the source if there is none. */
export function nextLine(source: string, position: number): number {
  // A block scalar ends after its line.
  const from = source[position - 1] === '\n' ? position - 1 : position;
  const end = source.indexOf('\n', from);
  return end < 0 ? source.length : end + 1;
}

export const lineStart = (source: string, position: number): number => source.lastIndexOf('\n', position - 1) + 1;

/** Whole lines to insert after the line of a position. */
export function linesAfter({ source, eol }: Context, position: number, lines: readonly string[]): Splice {
  const at = nextLine(source, position);
  const text = lines.map((line) => line + eol).join('');
  return { start: at, end: at, text: at === source.length && !source.endsWith('\n') ? eol + text : text };
}

/** The position of the first line of an item, including the comment lines above it. */
export function firstCommentOf(source: string, first: ParsedNode): number {
  let start = lineStart(source, first.range[0]);
  while (start > 0) {
    const above = lineStart(source, start - 1);
    if (!/^\s*#/u.test(source.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** The source with the splices, which must not overlap. Of those at one position, the first in the list comes first. */
export const applySplices = (source: string, splices: readonly Splice[]): string =>
  splices
    .map((splice, order) => ({ ...splice, order }))
    .sort((a, b) => b.start - a.start || b.order - a.order)
    .reduce((text, { start, end, text: added }) => text.slice(0, start) + added + text.slice(end), source);
