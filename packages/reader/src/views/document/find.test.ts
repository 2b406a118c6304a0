import { describe, expect, it } from 'vitest';
import { findIn } from './find.js';

describe('the search in a document', () => {
  it('finds words whatever their case, accents, quotation marks and white space', () => {
    const text = 'The  Café of “Zenda”\nand the CAFE of Strelsau';

    expect(findIn(text, 0, 'cafe of')).toEqual([
      { start: 5, end: 12 },
      { start: 29, end: 36 },
    ]);
    expect(findIn(text, 0, '"zenda" and')).toEqual([{ start: 13, end: 24 }]);
    expect(findIn(text, 0, 'the caf')).toEqual([
      { start: 0, end: 8 },
      { start: 25, end: 32 },
    ]);
  });

  it('counts code points of the document, not UTF-16 units', () => {
    expect(findIn('👩‍👧 sails', 100, 'sails')).toEqual([{ start: 104, end: 109 }]);
  });

  it('finds nothing for no words', () => {
    expect(findIn('anything', 0, '  ')).toEqual([]);
  });
});
