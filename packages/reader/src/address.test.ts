import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertFragment, readAddress, VIEWS, writeAddress } from './address.js';

const read = (href: string) => readAddress(new URL(href, 'https://gazette.invalid/prefix/reader/timeline'));

describe('an address', () => {
  it('round-trips the view and every parameter', () => {
    const params = fc.dictionary(
      fc.string({ minLength: 1, unit: 'binary' }).filter((name) => name !== '__proto__'),
      fc.string({ minLength: 1, unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...VIEWS), params, (view, given) => {
        const found = read(writeAddress(view, given));
        expect(found.view).toBe(view);
        expect(found.params).toEqual({ ...given });
      }),
    );
  });

  it('is readable, and equal for equal state', () => {
    expect(writeAddress('said', { statement: 'statement:gazette-7/S1', status: 'IMPUTED', words: null })).toBe(
      'said?statement=statement:gazette-7/S1&status=IMPUTED',
    );
    expect(writeAddress('said', { status: 'IMPUTED', statement: 'statement:gazette-7/S1' })).toBe(
      'said?statement=statement:gazette-7/S1&status=IMPUTED',
    );
  });

  it('is relative, so that it stays below any prefix', () => {
    const from = 'https://gazette.invalid/prefix/reader/said?topic=ferries';

    expect(new URL(writeAddress('trade'), from).href).toBe('https://gazette.invalid/prefix/reader/trade');
    expect(new URL(writeAddress(''), from).href).toBe('https://gazette.invalid/prefix/reader/');
  });

  it('has no view if it names none, and never throws', () => {
    expect(read('nowhere').view).toBeNull();
    expect(read('./').view).toBe('');
    fc.assert(fc.property(fc.string(), fc.string(), (pathname, search) => void readAddress({ pathname, search })));
  });
});

describe('an older link with its state after #', () => {
  it('means the same view and parameters', () => {
    expect(convertFragment('#/said?statement=statement:gazette-7/S1&status=IMPUTED')).toBe(
      'said?statement=statement:gazette-7/S1&status=IMPUTED',
    );
    expect(convertFragment('#/')).toBe('./');
    expect(convertFragment('#/document?at=639,730&document=document%3Agazette-7')).toBe(
      'document?at=639,730&document=document:gazette-7',
    );
  });

  it('leads to a URL below the reader for any fragment', () => {
    for (const hash of ['#/nowhere', '#//other.invalid/', '#/javascript:alert(1)', '#/../../graphql'])
      expect(new URL(convertFragment(hash) ?? '', 'https://gazette.invalid/reader/').href).toMatch(
        /^https:\/\/gazette\.invalid\/reader\/[^/]*$/,
      );
  });

  it('is not one if the fragment has no path', () => {
    expect([convertFragment(''), convertFragment('#said'), convertFragment('#')]).toEqual([null, null, null]);
  });
});
