import { describe, expect, it } from 'vitest';
import { parseSeries } from './series.js';

describe('a link to a series', () => {
  it('names everything that a request for it needs', () => {
    expect(parseSeries('polity:ruritania,polity:zenda,EXPORT,TRADE_VALUE,ANNUAL,USD,coal, hard; tin')).toMatchObject({
      reporter: { id: 'polity:ruritania' },
      partner: { id: 'polity:zenda' },
      flow: 'EXPORT',
      measure: 'TRADE_VALUE',
      frequency: 'ANNUAL',
      unit: 'USD',
      commodity: 'coal, hard; tin',
    });
  });

  it('may be an older one, without frequency, unit and goods', () => {
    expect(parseSeries('polity:ruritania,polity:zenda,TURNOVER,TREND')).toMatchObject({
      frequency: null,
      unit: null,
      commodity: null,
    });
  });

  it('names none if it is malformed', () => {
    expect(['', 'polity:ruritania', 'a,b,NOTHING,TRADE_VALUE', 'a,b,EXPORT,toString'].map(parseSeries)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
