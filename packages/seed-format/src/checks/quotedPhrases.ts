const QUOTATION_MARKS: [open: string, close: string][] = [
  ["'", "'"],
  ['‘', '’'],
  ['"', '"'],
  ['“', '”'],
];
const ANY_MARK = /['‘"“]/;
const LETTER = /[\p{L}\p{N}]/u;
const RUN = /[\p{L}\p{M}\p{N}]+/gu;

/** A phrase between quotation marks. */
export interface QuotedPhrase {
  /** From its first word to its last. */
  phrase: string;
  /** Number of words. */
  count: number;
  /** Whether it ends at the first mark that may close it. */
  isCertain: boolean;
}

/**
 * The phrases of more than `maxAllowed` words that may be quotations: certain ones of any length, others of up to `maxUncertain` words. A
 * mark may open a phrase if there is no letter before it, and may close one if there is no letter after it. The closing mark
 * may also be an apostrophe (the dukes' bridge), so each later mark may be the end. Of phrases from one opening mark with
 * the same words, only the first is returned.
 *
 * Takes about linear time: words are counted by binary search, and for each opening mark only the ends at which the number
 * of words changes are visited.
 */
export function* quotedPhrases(text: string, maxAllowed: number, maxUncertain: number): Generator<QuotedPhrase> {
  if (!ANY_MARK.test(text)) return;
  const words = new WordCounter(text);
  for (const [open, close] of QUOTATION_MARKS) {
    const ends = positionsOf(text, close).filter((end) => !LETTER.test(text[end + 1] ?? ''));
    for (const start of positionsOf(text, open)) {
      if (LETTER.test(text[start - 1] ?? '')) continue;
      const first = indexAfter(ends, start);
      let next = first;
      for (let count = maxAllowed + 1; count <= maxUncertain; count += 1) {
        // The first end after at least `count` words.
        next = lowerBound(next, ends.length, (index) => words.count(start + 1, ends[index] as number) >= count);
        const end = ends[next];
        if (end === undefined) break;
        const found = words.count(start + 1, end);
        if (found <= maxUncertain || next === first)
          yield { phrase: words.slice(start + 1, end), count: found, isCertain: next === first };
        count = Math.max(count, found);
      }
    }
  }
}

/** Counts the words of parts of a text; apostrophes within words do not divide them. */
class WordCounter {
  readonly #text: string;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** For each run of letters, the number of words up to and including it. */
  readonly #words: number[] = [];

  constructor(text: string) {
    this.#text = text;
    for (const { index, 0: run } of text.matchAll(RUN)) {
      const before = this.#ends.at(-1);
      const isNew = before === undefined || !isApostrophes(text, before, index);
      this.#words.push((this.#words.at(-1) ?? 0) + (isNew ? 1 : 0));
      this.#starts.push(index);
      this.#ends.push(index + run.length);
    }
  }

  /** The number of words between two positions. Neither may be inside a run of letters. */
  count(start: number, end: number): number {
    const [first, last] = this.#runs(start, end);
    return first > last ? 0 : (this.#words[last] as number) - (this.#words[first] as number) + 1;
  }

  /** The text from the first to the last word between two positions. */
  slice(start: number, end: number): string {
    const [first, last] = this.#runs(start, end);
    return first > last ? '' : this.#text.slice(this.#starts[first], this.#ends[last]);
  }

  #runs(start: number, end: number): [first: number, last: number] {
    const first = lowerBound(0, this.#starts.length, (index) => (this.#starts[index] as number) >= start);
    return [first, lowerBound(first, this.#starts.length, (index) => (this.#starts[index] as number) >= end) - 1];
  }
}

function isApostrophes(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (text[index] !== "'" && text[index] !== '’') return false;
  return true;
}

const positionsOf = (text: string, mark: string): number[] =>
  [...text.matchAll(new RegExp(mark, 'g'))].map(({ index }) => index);
const indexAfter = (ascending: readonly number[], place: number): number =>
  lowerBound(0, ascending.length, (index) => (ascending[index] as number) > place);

/** The lowest index in [low, high) from which a monotonic condition holds; `high` if it never does. */
function lowerBound(low: number, high: number, holds: (index: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
