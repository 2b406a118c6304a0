import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, decimalText } from './decimals.js';
import { figureText } from './figureText.js';

const decimal = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.integer({ min: 0, max: 12 }))
  .map(([negative, units, places]) => {
    const digits = String(units).padStart(places + 1, '0');
    return `${negative && units > 0n ? '-' : ''}${digits.slice(0, digits.length - places)}${places ? `.${digits.slice(-places)}` : ''}`;
  });
const plain = (text: string) => text.replaceAll(',', '');

describe('decimals', () => {
  it('show every digit unless rounding is requested', () => {
    fc.assert(
      fc.property(decimal, (value) => {
        expect(plain(decimalText(value).text)).toBe(value);
      }),
    );
  });

  it('round a lower bound down, an upper bound up and other values half to even, and report whether a digit was dropped', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 12 }), (value, places) => {
        const down = decimalText(value, { places, rounding: 'DOWN' });
        const near = decimalText(value, { places });
        const up = decimalText(value, { places, rounding: 'UP' });

        expect(compareDecimals(plain(down.text), value)).toBeLessThanOrEqual(0);
        expect(compareDecimals(plain(up.text), value)).toBeGreaterThanOrEqual(0);
        expect([down.text, up.text]).toContain(near.text);
        expect(near.note !== null).toBe(compareDecimals(plain(near.text), value) !== 0);
      }),
    );
  });

  it.each([
    ['0.5', '0'],
    ['1.5', '2'],
    ['-0.5', '0'],
    ['-1.5', '-2'],
    ['2.51', '3'],
  ])('round %s to %s, with ties to the even digit', (value, text) => {
    expect(decimalText(value, { places: 0 }).text).toBe(text);
  });

  it('compare exactly beyond the precision of a float', () => {
    expect(compareDecimals('9007199254740993', '9007199254740992')).toBe(1);
    expect(compareDecimals('-10.77', '-10.770')).toBe(0);
    expect(compareDecimals('-2', '1.5')).toBe(-1);
  });

  it.each(['1e5', '', '1,000', 'NaN', '.5'])('throw for %j and quote it', (text) => {
    expect(() => decimalText(text)).toThrow(`"${text}" is not a decimal`);
  });
});

describe('the text of a figure', () => {
  it.each([
    [{ value: '42740000', unit: 'USD', qualifier: 'EXACT' }, '42,740,000 USD'],
    [{ value: '-10.77', unit: 'percent', qualifier: 'EXACT' }, '-10.8%'],
    [{ value: '446.3956', unit: 'ratio', qualifier: 'OVER' }, 'over 446.3 times'],
    [{ value: '3.11', unit: 'ratio', qualifier: 'UNDER' }, 'under 3.2 times'],
    [{ value: null, unit: 'USD', qualifier: 'VIRTUALLY_NIL' }, 'virtually nil, no number given'],
  ] as const)('formats %j as "%s"', (figure, text) => {
    expect(figureText(figure, { places: 1 }).text).toBe(text);
  });

  it.each([
    [{ value: '19078947368', lowerBound: '19016393442', unit: 'USD', qualifier: 'OVER' }, 'over 19,016,393,442 USD'],
    [{ value: '446.39', lowerBound: '444.87', unit: 'ratio', qualifier: 'OVER' }, 'over 444.8 times'],
    [{ value: '3.11', upperBound: '3.25', unit: 'ratio', qualifier: 'UNDER' }, 'under 3.3 times'],
    [{ value: '5', lowerBound: '4', upperBound: '6', unit: 'USD', qualifier: 'APPROXIMATELY' }, 'about 5 USD'],
  ] as const)('claims no more than the bounds of %j', (figure, text) => {
    expect(figureText(figure, { places: 1 }).text).toBe(text);
  });

  it('says that the value was rounded', () => {
    expect(figureText({ value: '446.3956', unit: 'ratio', qualifier: 'OVER' }, { places: 1 }).note).toBe(
      'rounded down from 446.3956',
    );
  });
});
