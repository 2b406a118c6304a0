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

/** Whether there is a value after a key. */
export const isWritten = (value: ParsedNode | null | undefined): value is ParsedNode =>
  !!value && value.range[1] > value.range[0];

/** The end of what is written for a node, without the comments and empty lines after it. */
export function contentEnd(node: ParsedNode): number {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);
    if (!last) return node.range[1];
    return isWritten(last.value) ? contentEnd(last.value) : (last.key as ParsedNode).range[1] + 1;
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

/** The column of the dash of an item in block style. Throws a StyleError if something else is before it on its line. */
export function dashColumn(source: string, item: ParsedNode): number {
  const prefix = source.slice(lineStart(source, item.range[0]), item.range[0]);
  const column = prefix.lastIndexOf('-');
  if (column < 0 || prefix.slice(0, column).trim() !== '') throw new StyleError();
  return column;
}

/** Whole lines to insert after the line of a position. */
export function linesAfter({ source, eol }: Context, position: number, lines: readonly string[]): Splice {
  const at = nextLine(source, position);
  const text = lines.map((line) => line + eol).join('');
  return { start: at, end: at, text: at === source.length && !source.endsWith('\n') ? eol + text : text };
}

/** The beginning of the line of a position, or of the first of the comment lines above it. */
export function firstCommentOf(source: string, position: number): number {
  let start = lineStart(source, position);
  while (start > 0) {
    const above = lineStart(source, start - 1);
    if (!/^\s*#/u.test(source.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** A style that cannot be edited in place. */
export class StyleError extends Error {}

/** What is written for a key and its value, without the comments after it. Throws a StyleError for a pair that is not of that form. */
export function writtenPair({ key, value }: MapNode['items'][number]): { start: number; end: number } {
  if (!isScalar(key) || !isWritten(value)) throw new StyleError();
  return { start: key.range[0], end: contentEnd(value) };
}

export const writtenItem = (item: ParsedNode | MapNode | SeqNode): { start: number; end: number } => ({
  start: item.range[0],
  end: contentEnd(item as ParsedNode),
});

/** The source with the splices, which must not overlap. Of insertions at one position, the first in the list comes first. */
export const applySplices = (source: string, splices: readonly Splice[]): string =>
  splices
    .map((splice, order) => ({ ...splice, order }))
    .sort((a, b) => b.start - a.start || b.end - a.end || b.order - a.order)
    .reduce((text, { start, end, text: added }) => text.slice(0, start) + added + text.slice(end), source);
