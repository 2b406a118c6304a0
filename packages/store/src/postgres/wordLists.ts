/** Rows in one part of a list: a page reads one or two parts. */
const PART_ROWS = 64;

/** Rows that are kept for a beginning before they are merged, for each row of the index: the more, the less often a row is merged. */
const MAX_COUNT = 2;

/** A part of a list of rows; see `wordListsOf`. */
type ListPart = [term: string, last: number, matches: number, rows: string];

/** A beginning that the words read so far have in common, with the rows of those before the last one. */
interface Beginning {
  length: number;
  rows: number[][];
  /** Of the rows in all lists. */
  count: number;
}

/**
 * The lists of an index, from its words in byte order, each with the rows that it is in, in order. An occurrence may be repeated.
 * Begins with an empty list, of no word, whose `matches` is the number of rows of the index.
 */
export function* wordLists(
  rowCount: number,
  occurrences: Iterable<readonly [word: string, row: number]>,
): Generator<ListPart> {
  yield ['', 0, rowCount, '{}'];
  /** From the shortest to the longest. */
  const beginnings: Beginning[] = [];
  let word = '';
  let rows: number[] = [];
  /** Ends the beginnings of the word that are longer than a number of characters, and adds their rows to the next one. */
  function* endBeginnings(length: number): Generator<ListPart> {
    let ended = rows;
    for (let top = beginnings.at(-1); top && top.length > length; top = beginnings.at(-1)) {
      beginnings.pop();
      ended = merged([...top.rows, ended]);
      yield* partsOf(word.slice(0, top.length), ended);
    }
    if (length === 0) return;
    if (beginnings.at(-1)?.length !== length) beginnings.push({ length, rows: [], count: 0 });
    const beginning = beginnings.at(-1) as Beginning;
    beginning.rows.push(ended);
    beginning.count += ended.length;
    // Most rows have several words that begin alike: in a large index, their lists would not fit into memory.
    if (beginning.count > MAX_COUNT * rowCount) {
      const all = merged(beginning.rows);
      beginning.rows = [all];
      beginning.count = all.length;
    }
  }
  for (const [next, row] of occurrences) {
    if (next !== word) {
      if (word !== '') {
        yield* partsOf(`${word} `, rows);
        yield* endBeginnings(commonLength(word, next));
      }
      word = next;
      rows = [];
    }
    if (rows.at(-1) !== row) rows.push(row);
  }
  if (word === '') return;
  yield* partsOf(`${word} `, rows);
  yield* endBeginnings(0);
}

function* partsOf(term: string, rows: readonly number[]): Generator<ListPart> {
  for (let from = 0; from < rows.length; from += PART_ROWS) {
    const part = rows.slice(from, from + PART_ROWS);
    yield [term, part.at(-1) as number, rows.length, `{${part.join(',')}}`];
  }
}

/** The rows of several lists, in order, each once. */
function merged(lists: readonly (readonly number[])[]): number[] {
  const all = Float64Array.from(lists.flat()).sort();
  const rows: number[] = [];
  for (const row of all) if (row !== rows.at(-1)) rows.push(row);
  return rows;
}

/** The number of characters, in UTF-16 units, that two words begin with; not half a character. */
function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return /[\ud800-\udbff]/.test(one[length - 1] ?? '') ? length - 1 : length;
}
