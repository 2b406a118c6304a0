import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NoteBox, placeNotes } from './placeNotes.js';

describe('the notes in the margin', () => {
  it('stand at their lines, or below one another', () => {
    expect(
      placeNotes(
        [
          { line: 10, height: 50 },
          { line: 20, height: 50 },
          { line: 300, height: 50 },
        ],
        5,
      ),
    ).toEqual([10, 65, 300]);
  });

  it('make room for the chosen one at its own line', () => {
    const notes = [100, 110, 120].map((line) => ({ line, height: 40 }));

    expect(placeNotes(notes, 10, 2)).toEqual([20, 70, 120]);
  });

  it('never overlap, and never begin above the text', () => {
    const box = fc.record({ line: fc.nat(1000), height: fc.integer({ min: 1, max: 200 }) });
    fc.assert(
      fc.property(fc.array(box, { maxLength: 30 }), fc.nat(40), (boxes, fixed) => {
        const notes: NoteBox[] = [...boxes].sort((a, b) => a.line - b.line);

        const tops = placeNotes(notes, 4, fixed - 10);

        expect(tops.every((top) => top >= 0)).toBe(true);
        for (const [index, top] of tops.entries())
          if (index > 0) expect(top).toBeGreaterThanOrEqual((tops[index - 1] ?? 0) + (notes[index - 1]?.height ?? 0));
      }),
    );
  });
});
