import { describe, expect, it } from 'vitest';
import { dateSpan, spanLength, timeKey } from './span.js';

describe('a date span', () => {
  it('has the first and last day of its date, and its basis', () => {
    expect(dateSpan({ edtf: '2022-08~', basis: 'INFERRED', note: null })).toEqual({
      edtf: '2022-08~',
      earliest: '2022-08-01',
      latest: '2022-08-31',
      basis: 'INFERRED',
      note: null,
    });
  });

  it('sorts by its first day, otherwise its last, and last if it has neither', () => {
    const dates = ['../..', '2022-08-15', '../2022-08-14', '2022-07/..', '0999', '2022-08-15/2022-08-20'];
    const keys = dates.map((edtf, index) => timeKey(dateSpan({ edtf, basis: 'STATED', note: null }), `id${index}`));
    const inOrder = keys.toSorted().map((key) => dates[keys.indexOf(key)]);
    expect(inOrder).toEqual(['0999', '2022-07/..', '../2022-08-14', '2022-08-15', '2022-08-15/2022-08-20', '../..']);
  });

  it.each([
    ['2022-08-15', 'DAY'],
    ['2022-08-15/2022-08-16', 'MONTH'],
    ['2022-08', 'MONTH'],
    ['2022-08-01/2022-09-01', 'YEAR'],
    ['2024', 'YEAR'],
    ['2023/2024-01-01', 'YEAR'],
    ['2023/2024-01-02', 'DECADE'],
    ['2020/2029', 'DECADE'],
    ['2020/2030-01-01', 'LONGER'],
    ['2022-08-15/..', 'OPEN_END'],
    ['../2022-08-15', 'OPEN_START'],
    ['../..', 'OPEN_START'],
  ])('has the least length that it is not longer than: %s', (edtf, length) => {
    expect(spanLength(dateSpan({ edtf, basis: 'STATED', note: null }))).toBe(length);
  });
});
