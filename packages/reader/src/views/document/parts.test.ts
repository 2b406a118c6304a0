import { describe, expect, it } from 'vitest';
import { indexAt, MAX_CLAIMS, partsOf } from './parts.js';

/** Paragraphs of ten characters with so many claims each. */
const paragraphs = (...claims: number[]) =>
  claims.map((count, index) => ({ start: index * 10, statements: Array.from({ length: count }, (_, at) => at) }));

describe('the parts of a document', () => {
  it('contain each paragraph once, in order, and at most as many claims as one request can return', () => {
    const all = paragraphs(...Array.from({ length: 200 }, (_, index) => index % 13));

    const parts = partsOf(all);

    expect(parts.flat()).toEqual(all);
    expect(parts.length).toBeGreaterThan(10);
    for (const part of parts)
      expect(part.reduce((sum, { statements }) => sum + statements.length, 0)).toBeLessThanOrEqual(MAX_CLAIMS);
  });

  it('are one for a short document, an empty one, and a paragraph with too many claims', () => {
    expect(partsOf(paragraphs(3, 0, 5))).toHaveLength(1);
    expect(partsOf([])).toEqual([[]]);
    expect(partsOf(paragraphs(1, MAX_CLAIMS + 1, 1)).map((part) => part.length)).toEqual([1, 1, 1]);
  });

  it('are found by a position of the text', () => {
    const parts = partsOf(paragraphs(60, 60, 60));

    expect([0, 9, 10, 25, 999].map((position) => indexAt(parts, position))).toEqual([0, 0, 1, 2, 2]);
    expect(indexAt(partsOf([]), 5)).toBe(0);
  });
});
