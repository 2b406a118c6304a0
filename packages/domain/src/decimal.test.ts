import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from './decimal.js';

/** A decimal as it is written, and as a whole number of its last digit's unit. */
const decimal = fc
  .record({ units: fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), places: fc.integer({ min: 1, max: 12 }) })
  .map(({ units, places }) => {
    const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
    return { units, places, text: `${units < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}` };
  });

describe('a decimal', () => {
  it.each(['0', '42740000', '-10.77', '0.000000000000000000000000000001'])('is exact: %s', (text) => {
    expect(parseDecimal(text).toString()).toBe(text);
  });

  it('prints as it was parsed', () => {
    fc.assert(
      fc.property(decimal, ({ text, places, units }) => {
        fc.pre(units !== 0n);
        expect(parseDecimal(text).toFixed(places)).toBe(text);
      }),
    );
  });

  it('adds and multiplies to the last digit', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const scale = (places: number) => 10n ** BigInt(places);
        const sum = a.units * scale(b.places) + b.units * scale(a.places);
        const places = a.places + b.places;
        const whole = parseDecimal(`1${'0'.repeat(places)}`);
        expect(parseDecimal(a.text).plus(parseDecimal(b.text)).times(whole).toFixed(0)).toBe(String(sum));
        expect(parseDecimal(a.text).times(parseDecimal(b.text)).times(whole).abs().toFixed(0)).toBe(
          String(a.units * b.units).replace('-', ''),
        );
      }),
    );
  });

  it.each(['', '1e3', '01', '+1', '1.', '.5', 'NaN', 'Infinity', '1,5', ' 1', '1\n', '0x10', '١'])(
    'is refused: %j',
    (text) => {
      expect(() => parseDecimal(text)).toThrow(/is not a decimal; expected/);
    },
  );

  it('is rejected if it has more than a thousand characters, which the error does not repeat', () => {
    expect(parseDecimal('9'.repeat(1000)).toFixed()).toBe('9'.repeat(1000));
    expect(() => parseDecimal('9'.repeat(1_000_000))).toThrow(
      /^a text of 1000000 characters is not a decimal; expected at most 1000, digits with at most one point\.$/,
    );
  });
});
