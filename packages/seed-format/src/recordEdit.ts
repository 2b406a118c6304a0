import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type ParsedNode, parseDocument } from 'yaml';
import { insertIntoFlow, removeFromFlow } from './flowEdit.js';
import { type KeyOrder, keyOrderOf } from './keyOrder.js';
import { insertRecords, type WrittenRecord } from './recordPlace.js';
import { formatInline, formatItem, formatMapping, formatValue, MAX_LINE } from './recordYaml.js';
import {
  applySplices,
  type Context,
  contentEnd,
  dashColumn,
  firstCommentOf,
  isWritten,
  lineStart,
  linesAfter,
  type MapNode,
  nextLine,
  pairOf,
  type SeqNode,
  type Splice,
  StyleError,
  writtenItem,
  writtenPair,
} from './yamlNodes.js';

type SeedRecord = Readonly<Record<string, unknown>>;

/** A change of one record of a section. `index` counts the records of the section from 0. */
export type RecordChange =
  /** Inserts it before the record that has the index now, or at the end. */
  | {
      kind: 'insert';
      section: string;
      index: number;
      record: SeedRecord;
      /** The record as it is written in another file; by default in the usual layout. */
      written?: WrittenRecord | null;
    }
  | { kind: 'replace'; section: string; index: number; record: SeedRecord }
  | { kind: 'remove'; section: string; index: number };

/** A file that cannot be edited in this way. The message is for the person who edits. */
export class RecordEditError extends Error {}

/**
 * The source of a seed file with one record inserted, replaced or removed, as a person would edit it: every other line stays as it is,
 * and of a replaced record only the values that differ change. Throws a RecordEditError if that is not possible.
 */
export function editRecord(source: string, stem: string, change: RecordChange): string {
  const document = parseDocument(source, { logLevel: 'error' });
  if (document.errors.length > 0)
    throw new RecordEditError('The file has YAML errors; expected a file that "seeds check" can read.');
  const root = document.contents;
  if (root !== null && !isMap(root)) throw new RecordEditError('The file is not a mapping of sections.');
  const expected = applyToContent(document.toJS(), change);
  const context = { source, eol: source.includes('\r\n') ? '\r\n' : '\n' };
  const keys = keyOrderOf(stem, change.section);
  const edited = (inPlace: boolean): string | null => {
    try {
      const splices = spliceRecord(context, root as MapNode | null, stem, keys, change, inPlace);
      const text = applySplices(source, splices);
      const read = parseDocument(text, { logLevel: 'error' });
      return read.errors.length === 0 && isDeepStrictEqual(read.toJS(), expected) ? text : null;
    } catch (error) {
      if (error instanceof StyleError) return null;
      throw error;
    }
  };
  const text = edited(true) ?? edited(false);
  if (text === null)
    throw new RecordEditError(
      'The record is written in a style of YAML that cannot be edited here; edit the file by hand.',
    );
  return text;
}

function applyToContent(content: unknown, change: RecordChange): unknown {
  const sections = (content ?? {}) as Record<string, unknown>;
  const records = [...((sections[change.section] ?? []) as unknown[])];
  if (change.kind === 'insert') records.splice(change.index, 0, change.record);
  else if (change.index >= records.length)
    throw new RecordEditError(`${change.section}[${change.index}] does not exist; expected a record of the file.`);
  else if (change.kind === 'replace') records[change.index] = change.record;
  else records.splice(change.index, 1);
  return { ...sections, [change.section]: records };
}

function spliceRecord(
  context: Context,
  root: MapNode | null,
  stem: string,
  keys: KeyOrder,
  change: RecordChange,
  inPlace: boolean,
): Splice[] {
  const pair = root ? pairOf(root, change.section) : undefined;
  const section = pair?.value;
  const records = isSeq(section) ? (section as SeqNode) : null;
  switch (change.kind) {
    case 'insert': {
      const { record, index, section: name, written = null } = change;
      const asWritten = inPlace && written ? written : { lines: formatMapping(record, [], keys, RECORD_INDENT) };
      return insertRecords(context, root, stem, name, [{ ...asWritten, index }]);
    }
    case 'remove':
      if (!records || !pair) throw new StyleError();
      if (records.flow) return removeFromFlow(context, records.items.map(writtenItem), [change.index]);
      return [removeRecord(context, pair.key.range[1] + 1, records, change.index)];
    case 'replace': {
      const node = records?.items[change.index];
      if (!records || !isMap(node)) throw new StyleError();
      if (inPlace && node.flow)
        return diffFlowItem(context, node as unknown as ParsedNode, node.toJSON(), change.record, [], keys);
      if (inPlace) return diffMapping(context, node as MapNode, node.toJSON(), change.record, [], keys);
      return [rewriteItem(context, node as unknown as ParsedNode, change.record, [], keys)];
    }
  }
}

/** The lines of a record in block style and of the comments above it, without indentation; null if it cannot be moved as it is. */
export function writtenRecord(source: string, section: string, index: number): WrittenRecord | null {
  const document = parseDocument(source, { logLevel: 'error' });
  const root = document.contents;
  const records = document.errors.length === 0 && isMap(root) ? pairOf(root as MapNode, section)?.value : null;
  const node = isSeq(records) && !records.flow ? (records as SeqNode).items[index] : null;
  if (!node) return null;
  try {
    const column = dashColumn(source, node);
    const start = lineStart(source, node.range[0]);
    const end = nextLine(source, contentEnd(node));
    const linesOf = (from: number, until: number): string[] => source.slice(from, until).trimEnd().split(/\r?\n/);
    const comments = linesOf(firstCommentOf(source, node.range[0]), start).map((line) => line.trim());
    const [first = '', ...rest] = linesOf(start, end);
    const indent = ' '.repeat(column + 2);
    if (!rest.every((line) => line.trim() === '' || line.startsWith(indent))) return null;
    return {
      comments: comments.filter((line) => line !== ''),
      lines: [first.slice(column + 1).trimStart(), ...rest.map((line) => line.slice(column + 2))],
    };
  } catch (error) {
    if (error instanceof StyleError) return null;
    throw error;
  }
}

/** Columns before the keys of a record, as most files have it. */
const RECORD_INDENT = 4;

// ── Records ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Removes the lines of a record, the comments above it, and the empty line that separates it. */
function removeRecord({ source }: Context, afterKey: number, { items }: SeqNode, index: number): Splice {
  const node = items[index] as ParsedNode;
  if (items.length === 1) return { start: afterKey, end: contentEnd(node), text: ' []' };
  const start = firstCommentOf(source, node.range[0]);
  let end = nextLine(source, contentEnd(node));
  const next = items[index + 1];
  if (next) {
    const blank = /^[^\S\n]*\r?\n/u.exec(source.slice(end));
    return { start, end: blank ? end + blank[0].length : end, text: '' };
  }
  // The last one: the empty line before it.
  const above = /\n[^\S\n]*\r?\n$/u.exec(source.slice(0, start));
  if (above) {
    const from = start - above[0].length + 1;
    return { start: from, end, text: '' };
  }
  end = Math.max(end, start);
  return { start, end, text: '' };
}

// ── Values within a record ───────────────────────────────────────────────────────────────────────────────────────

const columnOf = (source: string, position: number): number => position - lineStart(source, position);

function diffMapping(
  context: Context,
  node: MapNode,
  before: SeedRecord,
  after: SeedRecord,
  path: readonly string[],
  keys: KeyOrder,
): Splice[] {
  if (node.flow) throw new StyleError();
  const { source } = context;
  const first = node.items[0];
  if (!first) throw new StyleError();
  const indent = columnOf(source, first.key.range[0]);
  const splices: Splice[] = [];
  for (const [index, pair] of node.items.entries()) {
    if (!isScalar(pair.key)) throw new StyleError();
    const key = String(pair.key.value);
    const place = [...path, key];
    if (!Object.hasOwn(after, key)) {
      // The first key stands after the dash.
      if (index === 0) throw new StyleError();
      splices.push(removePair(context, pair));
    } else if (!isDeepStrictEqual(before[key], after[key]))
      splices.push(...diffPair(context, pair, before[key], after[key], place, keys, indent));
  }
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  const order = keys(path);
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  for (const key of added.sort((a, b) => rank(a) - rank(b))) {
    const previous =
      node.items.findLast(({ key: each }) => isScalar(each) && rank(String(each.value)) <= rank(key)) ?? first;
    const lines = formatMapping({ [key]: after[key] }, path, keys, indent).map(
      (line) => `${' '.repeat(indent)}${line}`,
    );
    splices.push(linesAfter(context, endOfPair(previous), lines));
  }
  return splices;
}

type Pair = MapNode['items'][number];

const endOfPair = ({ key, value }: Pair): number => (isWritten(value) ? contentEnd(value) : key.range[1] + 1);

function removePair({ source }: Context, pair: Pair): Splice {
  return { start: lineStart(source, pair.key.range[0]), end: nextLine(source, endOfPair(pair)), text: '' };
}

function diffPair(
  context: Context,
  pair: Pair,
  before: unknown,
  after: unknown,
  path: readonly string[],
  keys: KeyOrder,
  indent: number,
): Splice[] {
  const { value } = pair;
  if (isMap(value) && !value.flow && isMapping(after) && Object.keys(after).length > 0)
    return diffMapping(context, value as MapNode, before as SeedRecord, after, path, keys);
  if (isSeq(value) && !value.flow && Array.isArray(after) && after.length > 0)
    return diffList(context, value as SeqNode, before as unknown[], after, path, keys);
  if ((isMap(value) || isSeq(value)) && value.flow) {
    const splices = diffFlow(context, value, before, after, path, keys);
    if (hasComment(context.source, value) || fits(context.source, value, splices)) return splices;
  }
  const start = pair.key.range[1] + 1;
  const [first = '', ...rest] = formatValue(
    after,
    path,
    keys,
    indent,
    String((pair.key as { value: unknown }).value).length + 2,
  );
  const lines = rest.map((line) => `${context.eol}${' '.repeat(indent)}${line}`).join('');
  return [{ start, end: Math.max(start, endOfPair(pair)), text: `${first === '' ? '' : ` ${first}`}${lines}` }];
}

const isMapping = (value: unknown): value is SeedRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function diffList(
  context: Context,
  node: SeqNode,
  before: readonly unknown[],
  after: readonly unknown[],
  path: readonly string[],
  keys: KeyOrder,
): Splice[] {
  const { source, eol } = context;
  const [firstItem] = node.items;
  if (!firstItem) throw new StyleError();
  const indent = dashColumn(source, firstItem);
  const margin = ' '.repeat(indent);
  const linesOf = (items: readonly unknown[]): string[] =>
    items.flatMap((item) => formatItem(item, path, keys, indent)).map((line) => `${margin}${line}`);
  const splices: Splice[] = [];
  for (const { from, until, items } of changesOf(before, after)) {
    const replaced = Math.min(until - from, items.length);
    for (let offset = 0; offset < replaced; offset += 1) {
      const item = node.items[from + offset] as ParsedNode;
      const next = items[offset];
      if (isMap(item) && !item.flow && isMapping(next))
        splices.push(...diffMapping(context, item as MapNode, before[from + offset] as SeedRecord, next, path, keys));
      else splices.push(...diffFlowItem(context, item, before[from + offset], next, path, keys));
    }
    for (let index = from + replaced; index < until; index += 1) {
      const item = node.items[index] as ParsedNode;
      dashColumn(source, item);
      splices.push({ start: lineStart(source, item.range[0]), end: nextLine(source, contentEnd(item)), text: '' });
    }
    const added = items.slice(replaced);
    if (added.length === 0) continue;
    const previous = node.items[from + replaced - 1];
    if (previous) splices.push(linesAfter(context, contentEnd(previous), linesOf(added)));
    else {
      const at = firstCommentOf(source, firstItem.range[0]);
      splices.push({
        start: at,
        end: at,
        text: linesOf(added)
          .map((line) => line + eol)
          .join(''),
      });
    }
  }
  return splices;
}

/** Writes an item of a list again. Comments inside it would be lost, so it must have none. */
function rewriteItem(
  context: Context,
  node: ParsedNode,
  value: unknown,
  path: readonly string[],
  keys: KeyOrder,
): Splice {
  const { source, eol } = context;
  const indent = dashColumn(source, node);
  const end = contentEnd(node);
  if (hasComment(source, node)) throw new StyleError();
  const [first = '', ...rest] = formatItem(value, path, keys, indent);
  const lines = rest.map((line) => `${eol}${' '.repeat(indent)}${line}`).join('');
  return { start: node.range[0], end, text: `${first.slice(2)}${lines}` };
}

/** Whether there is a comment within a value. */
const hasComment = (source: string, node: ParsedNode): boolean =>
  /(?:^|\s)#/u.test(source.slice(node.range[0], contentEnd(node)).replace(/"(?:[^"\\]|\\.)*"|'[^']*'/gu, ''));

// ── Values in flow style ─────────────────────────────────────────────────────────────────────────────────────────

/** An item of a list in block style: edited in place if it is in flow style and there is room, otherwise written again. */
function diffFlowItem(
  context: Context,
  node: ParsedNode,
  before: unknown,
  after: unknown,
  path: readonly string[],
  keys: KeyOrder,
): Splice[] {
  const isCollection = (isMap(node) || isSeq(node)) && node.flow;
  const splices = isCollection ? diffFlow(context, node, before, after, path, keys) : [];
  if (isCollection && (hasComment(context.source, node) || fits(context.source, node, splices))) return splices;
  return [rewriteItem(context, node, after, path, keys)];
}

/** Whether a value is still on a line that is not too long after the changes, or was not before. */
function fits(source: string, node: ParsedNode, splices: readonly Splice[]): boolean {
  const [start, end] = [node.range[0], contentEnd(node)];
  const grown = splices.reduce((sum, splice) => sum + splice.text.length - (splice.end - splice.start), 0);
  const length = columnOf(source, start) + end - start;
  return source.slice(start, end).includes('\n') || length > MAX_LINE || length + grown <= MAX_LINE;
}

function diffFlow(
  context: Context,
  node: ParsedNode,
  before: unknown,
  after: unknown,
  path: readonly string[],
  keys: KeyOrder,
): Splice[] {
  if (isMap(node) && node.flow && isMapping(after) && Object.keys(after).length > 0)
    return diffFlowMapping(context, node as MapNode, before as SeedRecord, after, path, keys);
  if (isSeq(node) && node.flow && Array.isArray(after) && after.length > 0)
    return diffFlowList(context, node as SeqNode, before as unknown[], after, path, keys);
  if (hasComment(context.source, node)) throw new StyleError();
  return [{ ...writtenItem(node), text: formatInline(after, path, keys) }];
}

function diffFlowMapping(
  context: Context,
  node: MapNode,
  before: SeedRecord,
  after: SeedRecord,
  path: readonly string[],
  keys: KeyOrder,
): Splice[] {
  const pairs = node.items.map(writtenPair);
  const names = node.items.map(({ key }) => String((key as { value: unknown }).value));
  const splices = node.items.flatMap(({ value }, index) => {
    const key = names[index] as string;
    if (!Object.hasOwn(after, key) || isDeepStrictEqual(before[key], after[key])) return [];
    return diffFlow(context, value as ParsedNode, before[key], after[key], [...path, key], keys);
  });
  const removed = names.flatMap((name, index) => (Object.hasOwn(after, name) ? [] : [index]));
  const order = keys(path);
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  const inserted = added
    .sort((a, b) => rank(a) - rank(b))
    .map((key) => ({
      index: names.findLastIndex((name) => Object.hasOwn(after, name) && rank(name) <= rank(key)) + 1,
      text: `${key}: ${formatInline(after[key], [...path, key], keys)}`,
    }));
  return [
    ...splices,
    ...removeFromFlow(context, pairs, removed),
    ...insertIntoFlow(context, writtenItem(node), pairs, inserted),
  ];
}

function diffFlowList(
  context: Context,
  node: SeqNode,
  before: readonly unknown[],
  after: readonly unknown[],
  path: readonly string[],
  keys: KeyOrder,
): Splice[] {
  const written = node.items.map(writtenItem);
  return changesOf(before, after).flatMap(({ from, until, items }) => {
    const replaced = Math.min(until - from, items.length);
    const splices = items
      .slice(0, replaced)
      .flatMap((item, offset) =>
        diffFlow(context, node.items[from + offset] as ParsedNode, before[from + offset], item, path, keys),
      );
    const removed = Array.from({ length: until - from - replaced }, (_, offset) => from + replaced + offset);
    const added = items
      .slice(replaced)
      .map((item) => ({ index: from + replaced, text: formatInline(item, path, keys) }));
    return [
      ...splices,
      ...removeFromFlow(context, written, removed),
      ...insertIntoFlow(context, writtenItem(node), written, added),
    ];
  });
}

/** The runs of items that differ: items `[from, until)` of the one list become `items`. */
function changesOf(
  before: readonly unknown[],
  after: readonly unknown[],
): { from: number; until: number; items: readonly unknown[] }[] {
  // Longest common subsequence: the lists of a record are short.
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      (lengths[i] as number[])[j] = isDeepStrictEqual(before[i], after[j])
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
  const changes: { from: number; until: number; items: unknown[] }[] = [];
  let current: (typeof changes)[number] | null = null;
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && isDeepStrictEqual(before[i], after[j])) {
      current = null;
      i += 1;
      j += 1;
      continue;
    }
    if (!current) {
      current = { from: i, until: i, items: [] };
      changes.push(current);
    }
    if (j < after.length && (i === before.length || at(i, j + 1) >= at(i + 1, j))) {
      current.items.push(after[j]);
      j += 1;
    } else {
      i += 1;
      current.until = i;
    }
  }
  return changes;
}
