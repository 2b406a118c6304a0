import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { formatPath, type Path } from './problem.js';
import { hasWords } from './unfinished.js';

export interface Filled {
  /** The file with positions and digests instead of the words that could be resolved. */
  source: string;
  count: number;
  problems: { line: number; path: string; messages: string[] }[];
}

/** A passage, or why the words do not lead to one. */
export type Resolution = { at: [number, number]; digest: string } | { messages: string[] };

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Replaces `words` and `occurrence` in a valid YAML file by `at` and `digest`. Everything else stays as it is: comments, order
 * and style.
 */
export function fillWords(source: string, resolve: (words: string, occurrence: number | null) => Resolution): Filled {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, keepSourceTokens: true });
  const filled: Filled = { source, count: 0, problems: [] };
  const edits: Edit[] = [];
  const resolved: { path: Path; passage: Resolution }[] = [];
  for (const { node, path, isItem } of mappingsWithWords(document.contents, [], false)) {
    const resolution = resolveMapping(node, resolve);
    if ('messages' in resolution) {
      const at = pairOf(node, 'words')?.key as Node;
      filled.problems.push({
        line: lines.linePos(at.range?.[0] ?? 0).line,
        path: formatPath([...path, 'words']),
        messages: resolution.messages,
      });
      continue;
    }
    edits.push(...editsOf(source, node, resolution, isItem));
    resolved.push({ path, passage: resolution });
  }
  if (edits.length === 0) return filled;
  const edited = applyEdits(source, edits);
  if (!isAsExpected(document.toJS(), edited, resolved))
    return {
      ...filled,
      problems: [
        {
          line: 1,
          path: '',
          messages: [
            'written in a style of YAML that cannot be edited; expected "words: …" without anchors, tags or "?".',
          ],
        },
      ],
    };
  return { ...filled, source: edited, count: resolved.length };
}

function* mappingsWithWords(
  node: unknown,
  path: Path,
  isItem: boolean,
): Generator<{ node: YAMLMap; path: Path; isItem: boolean }> {
  if (isSeq(node))
    for (const [index, item] of node.items.entries()) yield* mappingsWithWords(item, [...path, index], true);
  if (!isMap(node)) return;
  if (pairOf(node, 'words')) yield { node, path, isItem };
  else
    for (const { key, value } of node.items)
      yield* mappingsWithWords(value, [...path, isScalar(key) ? String(key.value) : ''], false);
}

const pairOf = (node: YAMLMap, name: string): Pair | undefined =>
  node.items.find(({ key }) => isScalar(key) && key.value === name);
const scalarOf = (node: YAMLMap, name: string): unknown => {
  const value = pairOf(node, name)?.value;
  return isScalar(value) ? value.value : value;
};

function resolveMapping(node: YAMLMap, resolve: (words: string, occurrence: number | null) => Resolution): Resolution {
  const words = scalarOf(node, 'words');
  const occurrence = scalarOf(node, 'occurrence');
  if (pairOf(node, 'at') || pairOf(node, 'digest'))
    return { messages: ['words and a position; expected either words, or "at" and "digest".'] };
  if (typeof words !== 'string' || words.trim() === '')
    return { messages: ['not words; expected words of the text, in quotes.'] };
  if (occurrence !== undefined && !(Number.isSafeInteger(occurrence) && (occurrence as number) > 0))
    return {
      messages: ['"occurrence" is not a number; expected 1 for the first occurrence of the words, 2 for the second.'],
    };
  return resolve(words, (occurrence as number | undefined) ?? null);
}

/** The first of `words` and `occurrence` becomes `at`, the other one `digest`. Without `occurrence`, `words` becomes both. */
function editsOf(
  source: string,
  node: YAMLMap,
  { at, digest }: Extract<Resolution, { at: unknown }>,
  isItem: boolean,
): Edit[] {
  const position = `at: [${at.join(', ')}]`;
  const hash = `digest: "${digest}"`;
  const whole = { start: node.range?.[0] ?? 0, end: contentEnd(source, node) };
  const inner = source.slice(whole.start, whole.end);
  const isAll = node.items.length === (pairOf(node, 'occurrence') ? 2 : 1);
  // A mapping without braces in a list: on one line if nothing else is in it, as passages usually are.
  if (isItem && isAll && !inner.startsWith('{') && !inner.includes('#'))
    return [{ ...whole, text: `{ ${position}, ${hash} }` }];
  const pairs = node.items.filter(({ key }) => isScalar(key) && (key.value === 'words' || key.value === 'occurrence'));
  const [first, second] = pairs.map((pair) => ({
    start: (pair.key as Node).range?.[0] ?? 0,
    end: contentEnd(source, pair.value as Node),
  }));
  if (!first) return [];
  if (second)
    return [
      { ...first, text: position },
      { ...second, text: hash },
    ];
  return [{ ...first, text: `${position}${node.flow ? ', ' : newLine(source, first.start)}${hash}` }];
}

/** The end of a value without the white space and line breaks that belong to it, e.g. of a block scalar. */
function contentEnd(source: string, node: Node): number {
  let end = node.range?.[1] ?? 0;
  while (end > 0 && /\s/.test(source[end - 1] as string)) end -= 1;
  return end;
}

/** A line break and the indentation of a key. The characters before it on its line are spaces, or the dashes of lists. */
function newLine(source: string, offset: number): string {
  const start = source.lastIndexOf('\n', offset - 1) + 1;
  return `${source.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(offset - start)}`;
}

function applyEdits(source: string, edits: readonly Edit[]): string {
  let text = '';
  let last = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    text += source.slice(last, edit.start) + edit.text;
    last = edit.end;
  }
  return text + source.slice(last);
}

/** Whether the edited file differs from the original only in the resolved passages. */
function isAsExpected(
  original: unknown,
  edited: string,
  resolved: readonly { path: Path; passage: Resolution }[],
): boolean {
  for (const { path, passage } of resolved) {
    const mapping = path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], original);
    if (!hasWords(mapping)) return false;
    const record: Record<string, unknown> = mapping;
    delete record['words'];
    delete record['occurrence'];
    Object.assign(record, passage);
  }
  const document = parseDocument(edited);
  return document.errors.length === 0 && isDeepStrictEqual(document.toJS(), original);
}
