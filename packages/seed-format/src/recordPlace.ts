import { isScalar, isSeq, type ParsedNode, parse } from 'yaml';
import { insertIntoFlow } from './flowEdit.js';
import { keyOrderOf } from './keyOrder.js';
import type { Path } from './problem.js';
import { SECTIONS } from './records.js';
import { formatInline } from './recordYaml.js';
import {
  type Context,
  contentEnd,
  dashColumn,
  firstCommentOf,
  isWritten,
  lineStart,
  linesAfter,
  type MapNode,
  pairOf,
  type SeqNode,
  type Splice,
  StyleError,
  writtenItem,
  writtenPair,
} from './yamlNodes.js';

// Where new records are written: the order within a section, and the place in the file.

/** Every passage in a value with its path, in the order in which they are written. */
export function* passagesIn(value: unknown, path: Path = []): Generator<{ path: Path; start: number; end: number }> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* passagesIn(item, [...path, index]);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const { at } = value as { at?: unknown };
  if (Array.isArray(at) && at.length === 2 && at.every(Number.isSafeInteger))
    yield { path, start: at[0] as number, end: at[1] as number };
  for (const [key, item] of Object.entries(value)) if (key !== 'at') yield* passagesIn(item, [...path, key]);
}

/** The start of the first passage of a record; null if it has none. */
export const firstPosition = (record: unknown): number | null => {
  const [first] = passagesIn(record);
  return first?.start ?? null;
};

/**
 * The index of a new record in its section, by its first passage: after the records with earlier passages, so that records of different
 * paragraphs are in different places of the file, and git can merge them; at the end if it has no passage.
 */
export function placeInText(records: readonly unknown[], record: unknown): number {
  const start = firstPosition(record);
  if (start === null) return records.length;
  const starts = records.map(firstPosition);
  const previous = starts.findLastIndex((each) => each !== null && each <= start);
  if (previous >= 0) return previous + 1;
  return starts.some((each) => each !== null) ? 0 : records.length;
}

/** A record, given as its lines in block style without indentation. */
export interface WrittenRecord {
  lines: readonly string[];
  /** The comments above it, each with its `#`. */
  comments?: readonly string[];
}

/** A new record, and the index of the record that it is inserted before. */
export interface InsertedRecord extends WrittenRecord {
  index: number;
}

/**
 * Inserts records into a section, each as a block of lines, or on one line in a section in flow style. Throws a StyleError if the section is
 * not a list.
 */
export function insertRecords(
  context: Context,
  root: MapNode | null,
  stem: string,
  section: string,
  inserted: readonly InsertedRecord[],
): Splice[] {
  const value = root && pairOf(root, section)?.value;
  const records = isSeq(value) ? (value as SeqNode) : null;
  if (!records && value && !(isScalar(value) && value.value === null)) throw new StyleError();
  const inOrder = inserted.toSorted((a, b) => a.index - b.index);
  const inline = inOrder.map(({ lines, index }) => ({
    index,
    text: formatInline(parse(lines.join('\n')), [], keyOrderOf(stem, section)),
  }));
  if (records?.flow && (records.items.length > 0 || root?.flow))
    return insertIntoFlow(context, writtenItem(records), records.items.map(writtenItem), inline);
  if (records && records.items.length > 0) return inOrder.map((each) => insertBlock(context, records, each));
  if (root?.flow) {
    if (value) throw new StyleError();
    const text = `${section}: [${inline.map((record) => record.text).join(', ')}]`;
    return insertIntoFlow(context, writtenItem(root), root.items.map(writtenPair), [
      { index: root.items.length, text },
    ]);
  }
  const lines = inOrder.flatMap((each, index) => [...(index > 0 ? [''] : []), ...indented(each, '  ')]);
  return [insertSection(context, root, stem, section, lines)];
}

const indented = ({ lines, comments = [] }: WrittenRecord, indent: string): string[] => [
  ...comments.map((comment) => `${indent}${comment}`),
  ...lines.map((line, at) => (line === '' ? '' : `${indent}${at === 0 ? '- ' : '  '}${line}`)),
];

/** Records are separated by an empty line, unless those next to the place are not. */
function insertBlock(context: Context, { items }: SeqNode, record: InsertedRecord): Splice {
  const { index } = record;
  const { source, eol } = context;
  const first = items[0] as ParsedNode;
  const own = indented(record, ' '.repeat(dashColumn(source, first)));
  const next = Math.min(Math.max(index, 1), items.length - 1);
  const isSeparated = items.length < 2 || /\n\s*\n/u.test(gapBefore(source, items, next));
  const before = items[Math.min(index, items.length) - 1];
  if (before) return linesAfter(context, contentEnd(before), [...(isSeparated ? [''] : []), ...own]);
  const at = firstCommentOf(source, first.range[0]);
  return { start: at, end: at, text: [...own, ...(isSeparated ? [''] : []), ''].join(eol) };
}

const gapBefore = (source: string, items: readonly ParsedNode[], index: number): string =>
  source.slice(contentEnd(items[index - 1] as ParsedNode), (items[index] as ParsedNode).range[0]);

/** The first records of a section: after its key if it is there, otherwise between the sections in order of the format. */
function insertSection(context: Context, root: MapNode | null, stem: string, section: string, lines: string[]): Splice {
  const { source, eol } = context;
  const known = root && pairOf(root, section);
  if (known) {
    const start = known.key.range[1] + 1;
    const { value } = known;
    const end = isWritten(value) ? contentEnd(value) : start;
    return { start, end: Math.max(start, end), text: `${eol}${lines.join(eol)}` };
  }
  const order = Object.keys(SECTIONS[stem as keyof typeof SECTIONS] ?? {});
  const later = order.slice(order.indexOf(section) + 1);
  const next = root?.items.find(({ key }) => isScalar(key) && later.includes(String(key.value)));
  if (next) {
    const isFirst = root?.items[0] === next;
    // The comment at the top of a file is about all of it.
    const at = isFirst ? lineStart(source, next.key.range[0]) : firstCommentOf(source, next.key.range[0]);
    return { start: at, end: at, text: [`${section}:`, ...lines, '', ''].join(eol) };
  }
  const end = source.length;
  const gap = source.trim() === '' ? '' : source.endsWith('\n') ? eol : `${eol}${eol}`;
  return { start: end, end, text: `${gap}${[`${section}:`, ...lines].join(eol)}${eol}` };
}
