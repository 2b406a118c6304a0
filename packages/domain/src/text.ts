import { createHash } from 'node:crypto';

/** A text that is indexed by code point. JavaScript strings are indexed by UTF-16 unit, which differs beyond the BMP. */
export class CodePointText {
  readonly #text: string;
  // Positions, in code points, of the characters that take two UTF-16 units; ascending.
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

  /** The text in the range `[start, end)`, in code points. */
  slice(start: number, end: number): string {
    return this.#text.slice(this.unitOf(start), this.unitOf(end));
  }

  /** Converts a UTF-16 index, which must not be inside a surrogate pair, to a position in code points. */
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

  /** Converts a position in code points to a UTF-16 index. */
  unitOf(position: number): number {
    return position + countBelow(this.#astral, position);
  }
}

/** The number of elements below `limit` in an ascending array. */
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

/** First 16 hex digits of the SHA-256 of a passage: enough to detect that a passage is not the one that was annotated. */
export function passageDigest(passage: string): string {
  return createHash('sha256').update(passage, 'utf8').digest('hex').slice(0, 16);
}
