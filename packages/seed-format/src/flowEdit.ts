import { type Context, firstCommentOf, lineStart, nextLine, type Splice } from './yamlNodes.js';

// Edits of a list or a mapping in flow style. Comments stay, and an item on a line of its own stays so.

/** What is written for an item: a value of a list, or a key with its value. */
export interface Written {
  start: number;
  end: number;
}

/** Items to insert before the item that has the index now, or at the end. */
export interface Inserted {
  index: number;
  text: string;
}

/** Inserts items, each on one line. `collection` is what is written from one bracket to the other. */
export function insertIntoFlow(
  context: Context,
  collection: Written,
  items: readonly Written[],
  inserted: readonly Inserted[],
): Splice[] {
  const texts = new Map<number, string[]>();
  for (const { index, text } of inserted) {
    const at = Math.min(index, items.length);
    texts.set(at, [...(texts.get(at) ?? []), text]);
  }
  return [...texts].flatMap(([index, group]) => insertAt(context, collection, items, index, group.join(', ')));
}

function insertAt(
  { source, eol }: Context,
  collection: Written,
  items: readonly Written[],
  index: number,
  text: string,
): Splice[] {
  const [previous, next] = [items[index - 1], items[index]];
  if (previous) {
    if (!isAlone(source, previous)) return [insertion(previous.end, `, ${text}`)];
    const line = `${indentation(source, previous)}${text}`;
    const after = nextLine(source, previous.end);
    return /^\s*,/u.test(source.slice(previous.end))
      ? [insertion(after, `${line},${eol}`)]
      : [insertion(previous.end, ','), insertion(after, `${line}${eol}`)];
  }
  if (next) {
    if (!isAlone(source, next)) return [insertion(next.start, `${text}, `)];
    return [insertion(firstCommentOf(source, next.start), `${indentation(source, next)}${text},${eol}`)];
  }
  const [first, last] = [collection.start + 1, collection.end - 1];
  const space = source[collection.start] === '{' ? ' ' : '';
  const isEmpty = source.slice(first, last).trim() === '';
  return [{ start: first, end: isEmpty ? last : first, text: `${space}${text}${space}` }];
}

/** Removes items, given by their indexes in order, with their commas. */
export function removeFromFlow(context: Context, items: readonly Written[], removed: readonly number[]): Splice[] {
  const runs: number[][] = [];
  for (const index of removed) {
    const last = runs.at(-1);
    if (last?.at(-1) === index - 1) last.push(index);
    else runs.push([index]);
  }
  return runs.flatMap((run) => removeRun(context, items, run[0] as number, run.length));
}

/** Adjacent items have commas in common, so they are removed together. */
function removeRun({ source }: Context, items: readonly Written[], index: number, count: number): Splice[] {
  const run = items.slice(index, index + count);
  const [{ start }, { end }] = [run[0], run.at(-1)] as [Written, Written];
  if (run.every((item) => isAlone(source, item)))
    return run.map((item) => removal(lineStart(source, item.start), nextLine(source, item.end)));
  const comma = /^\s*,[^\S\n]*/u.exec(source.slice(end));
  const previous = items[index - 1];
  if (!comma && previous && /^\s*,[^\S\n]*$/u.test(source.slice(previous.end, start)))
    return [removal(previous.end, end)];
  return [removal(start, end + (comma?.[0].length ?? 0))];
}

const insertion = (at: number, text: string): Splice => ({ start: at, end: at, text });
const removal = (start: number, end: number): Splice => ({ start, end, text: '' });

const indentation = (source: string, { start }: Written): string => source.slice(lineStart(source, start), start);

/** Whether an item has its lines to itself, apart from its comma and a comment. */
const isAlone = (source: string, { start, end }: Written): boolean =>
  source.slice(lineStart(source, start), start).trim() === '' &&
  /^[^\S\n]*,?[^\S\n]*(?:#[^\n]*)?\r?\n/u.test(source.slice(end));
