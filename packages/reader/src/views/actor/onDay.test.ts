import { describe, expect, it } from 'vitest';
import { isStatedFor, listingOn } from './onDay.js';

const day = (date: string) => ({ earliest: date, latest: date });

describe('a listing on a day', () => {
  const listed = day('2031-03-01');

  it('begins with the day of the listing and ends before the day of the delisting', () => {
    const states = ['2031-02-28', '2031-03-01', '2031-06-30', '2031-07-01'].map((on) =>
      listingOn({ listed, delisted: day('2031-07-01') }, on),
    );

    expect(states).toEqual(['not yet', 'listed', 'listed', 'no longer']);
  });

  it('goes on if no delisting is recorded', () => {
    expect(listingOn({ listed, delisted: null }, '2040-01-01')).toBe('listed');
  });

  it('is uncertain between the first and the last possible day', () => {
    const month = { earliest: '2031-03-01', latest: '2031-03-31' };

    expect(listingOn({ listed: month, delisted: null }, '2031-03-15')).toBe('maybe');
    expect(listingOn({ listed: month, delisted: null }, '2031-03-31')).toBe('listed');
    expect(listingOn({ listed, delisted: { earliest: null, latest: '2031-07-01' } }, '2031-05-01')).toBe('maybe');
    expect(listingOn({ listed, delisted: { earliest: '2031-06-01', latest: null } }, '2031-07-01')).toBe('maybe');
  });
});

describe('an office', () => {
  it('is stated for the days that its date may mean, or for none', () => {
    expect(isStatedFor(day('2031-03-01'), '2031-03-01')).toBe(true);
    expect(isStatedFor(day('2031-03-01'), '2031-03-02')).toBe(false);
    expect(isStatedFor({ earliest: null, latest: '2031-03-01' }, '2020-01-01')).toBe(true);
    expect(isStatedFor(null, '2031-03-01')).toBeNull();
  });
});
