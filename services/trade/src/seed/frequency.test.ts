import { dateSpan } from '@dossier/domain';
import { describe, expect, it } from 'vitest';
import { frequencyOf } from './frequency.js';

const of = (edtf: string, isChange = false) =>
  frequencyOf(dateSpan({ edtf, basis: 'STATED', note: null }), { isChange });

describe('the frequency of a figure', () => {
  it.each([
    ['1900', 'ANNUAL'],
    ['1900~', 'ANNUAL'],
    ['1900-01/1900-12', 'ANNUAL'],
    ['1904-02', 'MONTHLY'],
    ['1904-04/1904-06', 'QUARTERLY'],
    ['1904-02/1904-04', 'ONE_OFF'],
    ['1900/1901', 'ONE_OFF'],
    ['1900-04/1901-03', 'ONE_OFF'],
    ['1900-05-03', 'ONE_OFF'],
    ['../1900', 'ONE_OFF'],
    ['../..', 'ONE_OFF'],
  ])('for %s is %s', (edtf, expected) => {
    expect(of(edtf)).toBe(expected);
  });

  it.each([
    ['1899/1900', 'ANNUAL'],
    ['1899-05/1900-05', 'MONTHLY'],
    ['1899/1900-05', 'ONE_OFF'],
    ['../1900', 'ONE_OFF'],
  ])('of a change over %s is %s', (edtf, expected) => {
    expect(of(edtf, true)).toBe(expected);
  });
});
