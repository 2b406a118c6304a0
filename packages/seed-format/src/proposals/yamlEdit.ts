import { isMap, isScalar, isSeq, type ParsedNode, parseDocument } from 'yaml';
import {
  applySplices,
  type Context,
  contentEnd,
  firstCommentOf,
  lineStart,
  linesAfter,
  type MapNode,
  pairOf,
  type SeqNode,
  type Splice,
} from '../yamlNodes.js';

/** Something to add to a YAML file. Everything else of the file, comments and layout included, stays as it is. */
export type Addition =
  /** Items of a list within a record, in order of `position`; the list is made before the first of `before` if there is none. */
  | { kind: 'items'; record: (string | number)[]; list: string; items: ListItem[]; before: readonly string[] }
  /** Records at the end of a section, each given as its lines without indentation. */
  | { kind: 'records'; section: string; records: string[][] }
  /** A value of a record, on one line. An existing value is replaced. */
  | { kind: 'value'; record: (string | number)[]; key: string; value: string };

interface ListItem {
  /** On one line. */
  yaml: string;
  position: number;
}

/** The source with the additions. Throws an Error if the source is not YAML, or a record is not where it is said to be. */
export function addToYaml(source: string, additions: readonly Addition[]): string {
  const document = parseDocument(source, { logLevel: 'error' });
  if (document.errors.length > 0)
    throw new Error('the file has YAML errors; expected a file that "seeds check" can read');
  const root = document.contents;
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const context = { source, eol };
  const splices: Splice[] = [];
  const appended: string[] = [];
  for (const addition of additions) {
    if (addition.kind === 'records') {
      const section = isMap(root) ? sectionOf(root, addition.section) : undefined;
      if (isSeq(section) && section.items.length > 0 && !section.flow)
        splices.push(afterRecords(context, section as SeqNode, addition.records));
      else {
        if (section && !isEmpty(section))
          throw new Error(`${addition.section} is not a list of records in block style`);
        const key = isMap(root) ? pairOf(root as MapNode, addition.section)?.key : undefined;
        const lines = addition.records.flatMap((record, index) => [...(index > 0 ? [''] : []), ...indented(record)]);
        if (key) {
          const start = key.range[1] + 1;
          const end = section ? Math.max(start, contentEnd(section as ParsedNode)) : start;
          splices.push({ start, end, text: [`${eol}${lines.join(eol)}`].join('') });
        } else appended.push([`${addition.section}:`, ...lines].join(eol));
      }
      continue;
    }
    if (
      addition.kind === 'items' &&
      addition.record.length === 0 &&
      !(isMap(root) && pairOf(root as MapNode, addition.list))
    ) {
      const items = addition.items.toSorted((a, b) => a.position - b.position);
      appended.push([`${addition.list}:`, ...items.map(({ yaml }) => `  - ${yaml}`)].join(eol));
      continue;
    }
    const record = addition.record.length === 0 ? root : document.getIn(addition.record, true);
    if (!isMap(record)) throw new Error(`${addition.record.join('.')} is not a record`);
    splices.push(
      ...(addition.kind === 'items'
        ? addItems(context, record as MapNode, addition.list, addition.items, addition.before)
        : [setValue(context, record as MapNode, addition.key, addition.value)]),
    );
  }
  const changed = applySplices(source, splices);
  const end = changed === '' || changed.endsWith('\n') ? '' : eol;
  return appended.reduce(
    (text, section) => `${text}${text.trim() === '' ? '' : eol}${section}${eol}`,
    `${changed}${appended.length > 0 ? end : ''}`,
  );
}

const sectionOf = (map: unknown, key: string): unknown => pairOf(map as MapNode, key)?.value ?? undefined;
const isEmpty = (node: unknown): boolean =>
  (isSeq(node) && node.items.length === 0) || (isScalar(node) && node.value === null);
const indented = (record: readonly string[]): string[] =>
  record.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`);

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
    const end = pair.value && !(isScalar(pair.value) && pair.value.source === '') ? contentEnd(pair.value) : start;
    if (record.flow) return [{ start, end, text: ` [${texts.join(', ')}]` }];
    const indent = ' '.repeat(pair.key.range[0] - lineStart(source, pair.key.range[0]) + 2);
    return [{ start, end, text: texts.map((text) => `${context.eol}${indent}- ${text}`).join('') }];
  }
  const next = record.items.findIndex(({ key }) => isScalar(key) && before.includes(String(key.value)));
  const previous = record.items[(next < 0 ? record.items.length : next) - 1];
  const first = record.items[0];
  if (!previous || !first) throw new Error('the record is empty or does not begin with its id');
  const end = previous.value ? contentEnd(previous.value) : previous.key.range[1] + 1;
  if (record.flow) return [{ start: end, end, text: `, ${list}: [${texts.join(', ')}]` }];
  const indent = ' '.repeat(first.key.range[0] - lineStart(source, first.key.range[0]));
  return [linesAfter(context, end, [`${indent}${list}:`, ...texts.map((text) => `${indent}  - ${text}`)])];
}

function intoList(context: Context, list: SeqNode, items: readonly ListItem[]): Splice[] {
  const { source, eol } = context;
  const starts = list.items.map((item) => startOf(item));
  return items.map(({ yaml, position }) => {
    const found = starts.findIndex((start) => start !== null && start > position);
    const index = found < 0 ? list.items.length : found;
    const before = list.items[index - 1];
    const first = list.items[0] as ParsedNode;
    if (list.flow) {
      if (!before) return { start: first.range[0], end: first.range[0], text: `${yaml}, ` };
      return { start: before.range[1], end: before.range[1], text: `, ${yaml}` };
    }
    const prefix = source.slice(lineStart(source, first.range[0]), first.range[0]).replace(/[^\s-]/gu, ' ');
    const indent = /^(\s*)-\s+$/u.exec(prefix)?.[1] ?? ' '.repeat(Math.max(0, prefix.lastIndexOf('-')));
    if (before) return linesAfter(context, contentEnd(before), [`${indent}- ${yaml}`]);
    // Comments above the first item stay with it.
    const at = firstCommentOf(source, first);
    return { start: at, end: at, text: `${indent}- ${yaml}${eol}` };
  });
}

function startOf(item: ParsedNode): number | null {
  const at = isMap(item) ? item.get('at', true) : undefined;
  const start = isSeq(at) ? at.items[0] : undefined;
  return isScalar(start) && typeof start.value === 'number' ? start.value : null;
}

/** Records are separated by an empty line, unless those of the section are not. */
function afterRecords(context: Context, section: SeqNode, records: readonly string[][]): Splice {
  const { source } = context;
  const [last, beforeLast] = [section.items.at(-1) as ParsedNode, section.items.at(-2)];
  const indent = ' '.repeat(source.slice(lineStart(source, last.range[0]), last.range[0]).lastIndexOf('-'));
  const isSeparated = !beforeLast || /\n\s*\n/u.test(source.slice(contentEnd(beforeLast), last.range[0]));
  const lines = records.flatMap((record) => [
    ...(isSeparated ? [''] : []),
    ...record.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`),
  ]);
  return linesAfter(context, contentEnd(last), lines);
}

function setValue(context: Context, record: MapNode, key: string, value: string): Splice {
  const pair = pairOf(record, key);
  if (pair) {
    const start = pair.key.range[1] + 1;
    return { start, end: pair.value ? Math.max(start, contentEnd(pair.value)) : start, text: ` ${value}` };
  }
  const last = record.items.at(-1);
  if (!last) throw new Error('the record is empty');
  const end = last.value ? contentEnd(last.value) : last.key.range[1] + 1;
  if (record.flow) return { start: end, end, text: `, ${key}: ${value}` };
  const first = record.items[0] as NonNullable<typeof last>;
  const indent = ' '.repeat(first.key.range[0] - lineStart(context.source, first.key.range[0]));
  return linesAfter(context, end, [`${indent}${key}: ${value}`]);
}
