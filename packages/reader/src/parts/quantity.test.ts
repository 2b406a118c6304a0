import { compareDecimals } from '@dossier/client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantityText, shiftDecimal } from './quantity.js';

describe('a quantity in short', () => {
  it('is rounded so that it stays true, without digits that were not given', () => {
    expect(quantityText({ value: '19078947368', unit: 'USD', qualifier: 'OVER' }).text).toBe('over 19.07 billion USD');
    expect(quantityText({ value: '29000000000', unit: 'USD', qualifier: 'OVER' }).text).toBe('over 29 billion USD');
    expect(quantityText({ value: '42740000', unit: 'USD', qualifier: 'EXACT' }).text).toBe('42.74 million USD');
    expect(quantityText({ value: '-10.77', unit: 'percent', qualifier: 'EXACT' }).text).toBe('-10.77%');
  });

  it('has the digits that were stated', () => {
    expect(quantityText({ value: '12345678', unit: 'EUR', qualifier: 'EXACT', basis: 'DOCUMENT' })).toEqual({
      text: '12.345678 million EUR',
      note: null,
    });
  });

  it('has no more digits than the bounds of a computed value support', () => {
    const derived = { unit: 'EUR', qualifier: 'APPROXIMATELY', basis: 'DERIVED' } as const;

    expect(quantityText({ ...derived, value: '10508475', lowerBound: '10421940', upperBound: '10595745' }).text).toBe(
      'about 10.5 million EUR',
    );
    expect(quantityText({ ...derived, value: '47898689', lowerBound: '47890401', upperBound: '47906977' }).text).toBe(
      'about 47.90 million EUR',
    );
    expect(quantityText({ ...derived, unit: null, value: '446', lowerBound: '430', upperBound: '462' }).text).toBe(
      'about 450',
    );
  });

  it('states the bound of a computed value that has one bound, and never more', () => {
    const ratio = { unit: 'ratio', qualifier: 'OVER', basis: 'DERIVED' } as const;

    expect(quantityText({ ...ratio, value: '446.39', lowerBound: '444.87' }).text).toBe('over 444 times');
    expect(quantityText({ ...ratio, value: '25.00', lowerBound: '24.89' }).text).toBe('over 24.8 times');
    expect(
      quantityText({
        value: '19078947368',
        lowerBound: '19016393442',
        unit: 'USD',
        qualifier: 'OVER',
        basis: 'DERIVED',
      }).text,
    ).toBe('over 19.01 billion USD');
  });

  it('lies within the bounds, whatever they are', () => {
    const number = fc.integer({ min: -9_000_000, max: 9_000_000 });
    fc.assert(
      fc.property(number, fc.nat(500_000), fc.nat(500_000), (value, below, above) => {
        const bounds = { lowerBound: String(value - below), upperBound: String(value + above) };

        const { text } = quantityText({
          value: String(value),
          ...bounds,
          unit: 'percent',
          qualifier: 'EXACT',
          basis: 'DERIVED',
        });

        const shown = text.replace('%', '').replaceAll(',', '');
        expect(compareDecimals(shown, bounds.lowerBound)).toBeGreaterThanOrEqual(0);
        expect(compareDecimals(shown, bounds.upperBound)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('moves the decimal point exactly', () => {
    expect(shiftDecimal('47898689', 6)).toBe('47.898689');
    expect(shiftDecimal('-5158689.5', 6)).toBe('-5.1586895');
    expect(shiftDecimal('1', 3)).toBe('0.001');
  });
});
