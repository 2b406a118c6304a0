import { describe, expect, it } from 'vitest';
import { dayOf, extentOf, parseWindow, presetsOf, windowAround } from './extent.js';

const day = (date: string): number => dayOf(date) ?? Number.NaN;
const year = { from: day('2022-01-01'), until: day('2023-01-01') };

describe('the extent of a date', () => {
  it('covers the whole month for a month', () => {
    const { left, width, opensLeft, opensRight, isOneDay } = extentOf(
      { earliest: '2022-03-01', latest: '2022-03-31' },
      year,
    );

    expect(left).toBeCloseTo(59 / 365);
    expect(width).toBeCloseTo(31 / 365);
    expect([opensLeft, opensRight, isOneDay]).toEqual([false, false, false]);
  });

  it('reaches the edge of the window at an open end, and is marked open there', () => {
    expect(extentOf({ earliest: null, latest: '2022-08-15' }, year)).toMatchObject({
      left: 0,
      opensLeft: true,
      opensRight: false,
      outside: null,
    });
    expect(extentOf({ earliest: '2022-08-09', latest: null }, year)).toMatchObject({
      opensLeft: false,
      opensRight: true,
      outside: null,
    });
    expect(extentOf({ earliest: null, latest: null }, year)).toMatchObject({
      left: 0,
      width: 1,
      opensLeft: true,
      opensRight: true,
    });
  });

  it('is not marked open where the window cuts it off', () => {
    expect(extentOf({ earliest: '2017-01-01', latest: '2022-08-15' }, year)).toMatchObject({
      left: 0,
      opensLeft: false,
      isCutLeft: true,
      isCutRight: false,
    });
    expect(extentOf({ earliest: null, latest: '2023-08-15' }, year)).toMatchObject({
      opensLeft: true,
      isCutLeft: false,
      opensRight: false,
      isCutRight: true,
    });
  });

  it('covers one day for a day', () => {
    expect(extentOf({ earliest: '2022-08-01', latest: '2022-08-01' }, year)).toMatchObject({
      isOneDay: true,
      width: 1 / 365,
    });
  });

  it('is null if the date lies outside the window, even if its other end is open', () => {
    expect(extentOf({ earliest: null, latest: '2021-12-31' }, year)).toMatchObject({ outside: 'before', width: 0 });
    expect(extentOf({ earliest: '2023-01-01', latest: null }, year)).toMatchObject({ outside: 'after', width: 0 });
  });
});

describe('the window', () => {
  const presets = presetsOf([
    { earliest: '1945-08-15', latest: '1945-08-15' },
    { earliest: null, latest: '2022-08-19' },
  ]);

  it('is the last year unless the URL sets another', () => {
    expect(parseWindow(undefined, presets)).toMatchObject(year);
    expect(parseWindow('nonsense', presets)).toMatchObject(year);
    expect(parseWindow('2022-07-01,2022-07-31', presets)).toEqual({
      from: day('2022-07-01'),
      until: day('2022-08-01'),
    });
    expect(parseWindow('2022-07-31,2022-07-01', presets)).toMatchObject(year);
  });

  it('runs from the first to the last known day if all years are selected', () => {
    const all = parseWindow('all', presets);

    expect(all.from).toBeLessThanOrEqual(day('1945-08-15'));
    expect(all.until).toBeGreaterThan(day('2022-08-19'));
  });
});

describe('the window of a link to an event', () => {
  const presets = presetsOf([{ earliest: '1945-08-15', latest: '2022-08-19' }]);

  it('is that of the years of an event that the last year does not have', () => {
    expect(windowAround({ earliest: '1945-08-15', latest: '1946-02-01' }, presets)).toBe('1945-01-01,1946-12-31');
    expect(windowAround({ earliest: null, latest: '1991-12-31' }, presets)).toBe('1991-01-01,1991-12-31');
  });

  it('is the usual one for all other events', () => {
    for (const date of [
      { earliest: '2022-03-01', latest: '2022-03-31' },
      { earliest: '1990-01-01', latest: null },
      { earliest: null, latest: null },
    ])
      expect(windowAround(date, presets)).toBeUndefined();
  });
});
