import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCalendarDay, spanOf } from './dates.js';

describe('the days that an EDTF date can denote', () => {
  it.each([
    ['2022-08-15', '2022-08-15', '2022-08-15'],
    ['2022-08', '2022-08-01', '2022-08-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2022', '2022-01-01', '2022-12-31'],
    ['202X', '2020-01-01', '2029-12-31'],
    ['2022-07-25~/2022-07-31', '2022-07-25', '2022-07-31'],
    ['2017?', '2017-01-01', '2017-12-31'],
    ['../2022-08-15', null, '2022-08-15'],
    ['2022-08-15/..', '2022-08-15', null],
    ['../..', null, null],
    ['[2022-07-25..2022-08-01]', '2022-07-25', '2022-08-01'],
    ['[..2022-08-01]', null, '2022-08-01'],
    ['[2022-08-01..]', '2022-08-01', null],
    ['{2022-07,2022-08-02..2022-09-30}', '2022-07-01', '2022-09-30'],
    ['2022-1X', '2022-10-01', '2022-12-31'],
    ['2022-08-15/', '2022-08-15', null],
    ['[2022-07-01,2022-07-03]', '2022-07-01', '2022-07-03'],
  ])('%s', (edtf, earliest, latest) => {
    expect(spanOf(edtf)).toEqual({ earliest, latest });
  });

  it.each([
    ...[
      '',
      'soon',
      '2022-13',
      '2021-02-29',
      '1900-02-29',
      '2022-8-1',
      '15.08.2022',
      '2022-02-30/2022-03-01',
      '/',
      '[2022-02-30]',
      '2022-08-15/2022-08-01',
    ],
    // Written by the standard, but of days that it does not say, or that do not compare as text.
    ...['2022-21', '2022-08-15T10:00', 'Y12022', '-0044'],
  ])('rejects %j and names what was expected', (edtf) => {
    expect(() => spanOf(edtf)).toThrow(/is not an EDTF date; expected/);
  });

  it('are not read from a text of more than a thousand characters, which the error does not repeat', () => {
    expect(spanOf(`[${'2001,'.repeat(198)}2002]`)).toEqual({ earliest: '2001-01-01', latest: '2002-12-31' });
    expect(() => spanOf(`[${'2001,'.repeat(200_000)}2002]`)).toThrow(
      /^a text of 1000006 characters is not an EDTF date; expected at most 1000, e\.g\. 2022-08 or 2022-07-25~\/2022-07-31\.$/,
    );
  });

  const day = fc
    .date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  it('of a day is that day, of an interval its ends', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [first, last] = [a, b].sort() as [string, string];
        // An interval runs from one day to a later one.
        fc.pre(first !== last);
        expect(isCalendarDay(first)).toBe(true);
        expect(spanOf(first)).toEqual({ earliest: first, latest: first });
        expect(spanOf(`${first}/${last}`)).toEqual({ earliest: first, latest: last });
        expect(spanOf(first.slice(0, 7)).earliest).toBe(`${first.slice(0, 7)}-01`);
      }),
    );
  });
});
