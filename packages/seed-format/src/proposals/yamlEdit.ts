import { isMap, isScalar, isSeq, type ParsedNode, parse, parseDocument } from 'yaml';
import { insertIntoFlow } from '../flowEdit.js';
import { firstPosition, type InsertedRecord, insertRecords, placeInText } from '../recordPlace.js';
import {
  applySplices,
  type Context,
  contentEnd,
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
} from '../yamlNodes.js';
import { ProposalsError } from './proposalFile.js';

/** Something to add to a YAML file. Everything else of the file, comments and layout included, stays as it is. */
export type Addition =
  /** Items of a list within a record, in order of `position`; the list is made before the first of `before` if there is none. */
  | { kind: 'items'; record: (string | number)[]; list: string; items: ListItem[]; before: readonly string[] }
  /** New records of a section, each given as its lines without indentation. They are written at their place in the text. */
  | { kind: 'records'; section: string; records: string[][] }
  /** A value of a record, on one line. An existing value is replaced. */
  | { kind: 'value'; record: (string | number)[]; key: string; value: string };

interface ListItem {
  /** On one line. */
  yaml: string;
  position: number;
}

/**
 * The source of a file with the additions. Throws a ProposalsError if the source is not YAML or in a style that cannot be edited, and an Error if
 * a record is not where it is said to be.
 */
export function addToYaml(source: string, stem: string, additions: readonly Addition[]): string {
  const document = parseDocument(source, { logLevel: 'error' });
  if (document.errors.length > 0)
    throw new ProposalsError('The file has YAML errors; expected a file that "seeds check" can read.');
  const root = isMap(document.contents) ? (document.contents as MapNode) : null;
  const context = { source, eol: source.includes('\r\n') ? '\r\n' : '\n' };
  try {
    const splices = additions.flatMap((addition) => {
      if (addition.kind === 'records') {
        const known: unknown = document.toJS()?.[addition.section];
        return insertRecords(context, root, stem, addition.section, placed(addition.records, known));
      }
      const record = document.getIn(addition.record, true);
      if (!isMap(record)) throw new Error(`${addition.record.join('.')} is not a record`);
      return addition.kind === 'items'
        ? addItems(context, record as MapNode, addition.list, addition.items, addition.before)
        : setValue(context, record as MapNode, addition.key, addition.value);
    });
    return applySplices(source, splices);
  } catch (error) {
    if (!(error instanceof StyleError)) throw error;
    throw new ProposalsError('The file is written in a style of YAML that cannot be edited here; edit it by hand.');
  }
}

/** The records with their places, in order of the text. */
function placed(records: readonly string[][], known: unknown): InsertedRecord[] {
  const others: readonly unknown[] = Array.isArray(known) ? known : [];
  return records
    .map((lines) => ({ lines, record: parse(lines.join('\n')) as unknown }))
    .sort((a, b) => (firstPosition(a.record) ?? Infinity) - (firstPosition(b.record) ?? Infinity) || 0)
    .map(({ lines, record }) => ({ lines, index: placeInText(others, record) }));
}

function addItems(
  context: Context,
  record: MapNode,
  list: string,
  items: readonly ListItem[],
  before: readonly string[],
): Splice[] {
  const { source } = context;
  const sorted = items.toSorted((a, b) => a.position - b.position);
  const pair = pairOf(record, list);
  if (pair && isSeq(pair.value) && pair.value.items.length > 0) return intoList(context, pair.value as SeqNode, sorted);
  const texts = sorted.map(({ yaml }) => yaml);
  if (pair) {
    const start = pair.key.range[1] + 1;
    const end = isWritten(pair.value) ? contentEnd(pair.value) : start;
    if (record.flow) return [{ start, end, text: ` [${texts.join(', ')}]` }];
    const indent = ' '.repeat(pair.key.range[0] - lineStart(source, pair.key.range[0]) + 2);
    return [{ start, end, text: texts.map((text) => `${context.eol}${indent}- ${text}`).join('') }];
  }
  const found = record.items.findIndex(({ key }) => isScalar(key) && before.includes(String(key.value)));
  const next = found < 0 ? record.items.length : found;
  const previous = record.items[next - 1];
  const first = record.items[0];
  if (!previous || !first) throw new Error('the record is empty or does not begin with its id');
  if (record.flow) return insertPair(context, record, next, `${list}: [${texts.join(', ')}]`);
  const end = previous.value ? contentEnd(previous.value) : previous.key.range[1] + 1;
  const indent = ' '.repeat(first.key.range[0] - lineStart(source, first.key.range[0]));
  return [linesAfter(context, end, [`${indent}${list}:`, ...texts.map((text) => `${indent}  - ${text}`)])];
}

function intoList(context: Context, list: SeqNode, items: readonly ListItem[]): Splice[] {
  const { source, eol } = context;
  const starts = list.items.map((item) => startOf(item));
  const indexOf = ({ position }: ListItem): number => {
    const found = starts.findIndex((start) => start !== null && start > position);
    return found < 0 ? list.items.length : found;
  };
  if (list.flow)
    return insertIntoFlow(
      context,
      writtenItem(list),
      list.items.map(writtenItem),
      items.map((item) => ({ index: indexOf(item), text: item.yaml })),
    );
  return items.map((item) => {
    const { yaml } = item;
    const index = indexOf(item);
    const before = list.items[index - 1];
    const first = list.items[0] as ParsedNode;
    const prefix = source.slice(lineStart(source, first.range[0]), first.range[0]).replace(/[^\s-]/gu, ' ');
    const indent = /^(\s*)-\s+$/u.exec(prefix)?.[1] ?? ' '.repeat(Math.max(0, prefix.lastIndexOf('-')));
    if (before) return linesAfter(context, contentEnd(before), [`${indent}- ${yaml}`]);
    // Comments above the first item stay with it.
    const at = firstCommentOf(source, first.range[0]);
    return { start: at, end: at, text: `${indent}- ${yaml}${eol}` };
  });
}

function startOf(item: ParsedNode): number | null {
  const at = isMap(item) ? item.get('at', true) : undefined;
  const start = isSeq(at) ? at.items[0] : undefined;
  return isScalar(start) && typeof start.value === 'number' ? start.value : null;
}

const insertPair = (context: Context, record: MapNode, index: number, text: string): Splice[] =>
  insertIntoFlow(context, writtenItem(record), record.items.map(writtenPair), [{ index, text }]);

function setValue(context: Context, record: MapNode, key: string, value: string): Splice[] {
  const pair = pairOf(record, key);
  if (pair) {
    const start = pair.key.range[1] + 1;
    return [{ start, end: pair.value ? Math.max(start, contentEnd(pair.value)) : start, text: ` ${value}` }];
  }
  const last = record.items.at(-1);
  if (!last) throw new Error('the record is empty');
  const end = last.value ? contentEnd(last.value) : last.key.range[1] + 1;
  if (record.flow) return insertPair(context, record, record.items.length, `${key}: ${value}`);
  const first = record.items[0] as NonNullable<typeof last>;
  const indent = ' '.repeat(first.key.range[0] - lineStart(context.source, first.key.range[0]));
  return [linesAfter(context, end, [`${indent}${key}: ${value}`])];
}
