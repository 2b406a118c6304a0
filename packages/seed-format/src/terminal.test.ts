import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeLine, escapeUnsafe } from './terminal.js';

describe('escapeUnsafe', () => {
  it.each([
    ['an escape sequence', '\u001b[2J\u001b]0;title\u0007', '\\u001b[2J\\u001b]0;title\\u0007'],
    ['a one-byte control sequence', '\u009b31m', '\\u009b31m'],
    ['a carriage return and a backspace', 'real\rfake\b', 'real\\u000dfake\\u0008'],
    ['a delete and a NUL', '\u007f\u0000', '\\u007f\\u0000'],
    ['overrides of direction', 'a\u202etxt.exe\u202c', 'a\\u202etxt.exe\\u202c'],
    ['isolates', '\u2066a\u2067b\u2068c\u2069', '\\u2066a\\u2067b\\u2068c\\u2069'],
    ['marks of direction', '\u200e\u200f\u061c', '\\u200e\\u200f\\u061c'],
    ['what is not seen', 'a\u200bb\ufeffc\u2060', 'a\\u200bb\\ufeffc\\u2060'],
    ['line separators', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
    ['tags', 'a\u{e0041}', 'a\\udb40\\udc41'],
    ['half a surrogate pair', 'a\ud800b', 'a\\ud800b'],
  ])('escapes %s', (_, text, shown) => {
    expect(escapeUnsafe(text)).toBe(shown);
  });

  it('leaves all other text unchanged, in every script', () => {
    const text = 'Ким Чен Ын 김정은 “quoted” می‌خواهم 👩‍🚀 — a\n\tb';

    expect(escapeUnsafe(text)).toBe(text);
  });

  it('leaves line feeds, which escapeLine escapes', () => {
    expect(escapeLine('a: real\nb.yaml:1: fake')).toBe('a: real\\nb.yaml:1: fake');
  });

  it('preserves the validity and the value of JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (value) => {
        const json = escapeUnsafe(JSON.stringify(value, null, 2));

        expect(JSON.parse(json)).toEqual(value);
        expect(json).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
