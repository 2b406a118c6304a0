import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mark } from './marks.js';
import { segmentsOf, textOf } from './segments.js';

const aClaim = (id: string, start: number, end: number): Mark => ({ start, end, is: { statement: id } });

describe('the segments of a paragraph', () => {
  it('concatenate to the paragraph, whatever is highlighted', () => {
    const mark = fc
      .tuple(fc.nat(60), fc.nat(20), fc.nat(5))
      .map(([start, length, id]) => aClaim(`S${id}`, start, start + length));
    fc.assert(
      fc.property(fc.array(mark), fc.nat(30), fc.integer({ min: 1, max: 30 }), (marks, start, length) => {
        const segments = segmentsOf({ start, end: start + length }, marks);

        expect(segments[0]?.start).toBe(start);
        expect(segments.at(-1)?.end).toBe(start + length);
        for (let at = 1; at < segments.length; at++) expect(segments[at]?.start).toBe(segments[at - 1]?.end);
      }),
    );
  });

  it('list every claim that covers them, and mark where a claim begins', () => {
    const segments = segmentsOf({ start: 10, end: 40 }, [aClaim('S1', 10, 30), aClaim('S2', 20, 40)]);

    expect(segments.map(({ start, statements, begins }) => ({ start, statements, begins }))).toEqual([
      { start: 10, statements: ['S1'], begins: ['S1'] },
      { start: 20, statements: ['S1', 'S2'], begins: ['S2'] },
      { start: 30, statements: ['S2'], begins: [] },
    ]);
  });

  it('belong to the innermost of nested quotations', () => {
    const outer: Mark = { start: 0, end: 30, is: { quotation: 'Q1', kind: 'DIRECT' } };
    const inner: Mark = { start: 10, end: 20, is: { quotation: 'Q2', kind: 'SCARE' } };

    expect(segmentsOf({ start: 0, end: 30 }, [inner, outer]).map(({ quotation }) => quotation?.id)).toEqual([
      'Q1',
      'Q2',
      'Q1',
    ]);
  });

  it('count code points, so that a character outside the basic plane counts once', () => {
    expect(textOf([...'a😀bc'], 100, { start: 101, end: 103 })).toBe('😀b');
  });
});
