import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddress, VIEWS, writeAddress } from './address.js';

describe('an address', () => {
  it('round-trips the view and every parameter', () => {
    const params = fc.dictionary(
      fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
      fc.string({ minLength: 1 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...VIEWS), params, (view, given) => {
        const read = readAddress(writeAddress(view, given));
        expect(read.view).toBe(view);
        expect(read.params).toEqual({ ...given });
      }),
    );
  });

  it('is readable, and equal for equal state', () => {
    expect(writeAddress('said', { statement: 'statement:gazette-7/S1', status: 'IMPUTED', words: null })).toBe(
      '#/said?statement=statement:gazette-7/S1&status=IMPUTED',
    );
    expect(writeAddress('said', { status: 'IMPUTED', statement: 'statement:gazette-7/S1' })).toBe(
      '#/said?statement=statement:gazette-7/S1&status=IMPUTED',
    );
  });

  it('parses to no view if it is malformed, and never throws', () => {
    expect(readAddress('#/nowhere').view).toBeNull();
    expect(readAddress('').view).toBe('');
    fc.assert(fc.property(fc.string(), (text) => void readAddress(text)));
  });
});
