import { createHash } from 'node:crypto';

/** A text addressed by code point. JavaScript strings count UTF-16 units, which differ beyond the BMP. */
export class CodePointText {
  readonly #text: string;
  // Code point positions of the characters that take two UTF-16 units, in order.
  readonly #astral: number[] = [];
  /** In code points. */
  readonly length: number;

  constructor(text: string) {
    this.#text = text;
    let position = 0;
    for (const character of text) {
      if (character.length === 2) this.#astral.push(position);
      position += 1;
    }
    this.length = position;
  }

  /** The words from `start` up to, not including, `end`. */
  slice(start: number, end: number): string {
    return this.#text.slice(this.#unit(start), this.#unit(end));
  }

  /** Code point position of a UTF-16 index that does not fall inside a surrogate pair. */
  positionOf(unit: number): number {
    // Binary search for the number of two-unit characters before `unit`: the one at index i begins at unit `astral[i] + i`.
    let low = 0;
    let high = this.#astral.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#astral[middle] as number) + middle < unit) low = middle + 1;
      else high = middle;
    }
    return unit - low;
  }

  toString(): string {
    return this.#text;
  }

  #unit(position: number): number {
    return position + countBelow(this.#astral, position);
  }
}

/** How many of the ascending numbers are below `limit`. */
export function countBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First 16 hex digits of the SHA-256 of a passage: enough to see that it is not the passage that was annotated. */
export function passageDigest(words: string): string {
  return createHash('sha256').update(words, 'utf8').digest('hex').slice(0, 16);
}
