import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateKey, dateLabel } from './dates.js';

const two = (number: number) => String(number).padStart(2, '0');
const year = fc.integer({ min: 1000, max: 2999 }).map(String);
const month = fc.tuple(year, fc.integer({ min: 1, max: 12 })).map(([y, m]) => `${y}-${two(m)}`);
const day = fc.tuple(month, fc.integer({ min: 1, max: 28 })).map(([m, d]) => `${m}-${two(d)}`);
const one = fc.tuple(fc.oneof(year, month, day), fc.constantFrom('', '~', '?', '%')).map(([date, mark]) => date + mark);
const span = fc.oneof(
  one,
  one.map((date) => `../${date}`),
  one.map((date) => `${date}/..`),
  fc.tuple(one, one).map((ends) => ends.join('/')),
  fc.tuple(one, one).map((ends) => `[${ends.join('..')}]`),
);

describe('the label of a date', () => {
  it.each([
    ['2022', 'STATED', '2022'],
    ['2022-08', 'STATED', 'August 2022'],
    ['2022-08-09', 'STATED', '9 August 2022'],
    ['../2022-08-15', 'INFERRED', 'not after 15 August 2022 (inferred)'],
    ['2022-08-15/..', 'STATED', 'not before 15 August 2022'],
    ['2022-07-25~/2022-07-31', 'INFERRED', 'about 25 July 2022 to 31 July 2022 (inferred)'],
    ['2019/2020', 'STATED', '2019 to 2020'],
    ['2019-12-22', 'BACKGROUND', '22 December 2019 (from outside the document)'],
    ['[2022-07-25..2022-08-01]', 'STATED', 'between 25 July 2022 and 1 August 2022'],
    ['[..1945]', 'STATED', 'not after 1945'],
    ['[2020,2021]', 'STATED', '2020 or 2021'],
    ['../..', 'UNKNOWN', 'date unknown'],
  ] as const)('formats %s (%s) as "%s"', (edtf, basis, label) => {
    expect(dateLabel({ edtf, basis })).toBe(label);
  });

  it.each(['202X', '2022-21', 'Y17E7', '2022-13-40', '{2020,202X}'])(
    'returns %s unchanged, because it has no words for it',
    (edtf) => {
      expect(dateLabel({ edtf, basis: 'STATED' })).toBe(edtf);
    },
  );

  it('names only the years, months and days that are given', () => {
    fc.assert(
      fc.property(span, (edtf) => {
        const written = edtf.match(/\d+/g)?.length;

        const label = dateLabel({ edtf, basis: 'STATED' });

        expect(label.match(/\d+|[A-Z][a-z]+/g)?.length).toBe(written);
      }),
    );
  });
});

describe('the key of a date', () => {
  it('sorts by the first day, or by the last if the start is open, and puts unknown dates last', () => {
    const spans = [
      { earliest: null, latest: null },
      { earliest: '2022-08-01', latest: '2022-08-01' },
      { earliest: null, latest: '2022-07-31' },
      { earliest: '2017-01-01', latest: '2022-08-15' },
    ];

    const sorted = spans.map((each) => dateKey(each)).sort();

    expect(sorted).toEqual(['2017-01-01 ', '2022-07-31 ', '2022-08-01 ', '~ ']);
  });

  it('breaks ties by id', () => {
    const day = { earliest: '2022-08-15', latest: '2022-08-15' };

    expect(dateKey(day, 'event:a') < dateKey(day, 'event:b')).toBe(true);
  });
});
