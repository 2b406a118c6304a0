import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodePointText, countBelow, passageDigest } from './text.js';

// Letters of one, two and four bytes, and characters of two UTF-16 units.
const text = fc.string({ unit: fc.constantFrom('a', 'é', '—', '𝒳', '😀', ' ') });

describe('a text indexed by code point', () => {
  it('slices like an array of its code points', () => {
    fc.assert(
      fc.property(text, fc.nat(40), fc.nat(40), (words, a, b) => {
        const characters = [...words];
        const [start, end] = [Math.min(a, b, characters.length), Math.min(Math.max(a, b), characters.length)];
        expect(new CodePointText(words).slice(start, end)).toBe(characters.slice(start, end).join(''));
      }),
    );
  });

  it('has the length of its code points', () => {
    fc.assert(
      fc.property(text, (words) => {
        expect(new CodePointText(words).length).toBe([...words].length);
      }),
    );
  });

  it('converts the position of every code point', () => {
    fc.assert(
      fc.property(text, (words) => {
        const own = new CodePointText(words);
        let unit = 0;
        [...words].forEach((character, position) => {
          expect(own.positionOf(unit)).toBe(position);
          unit += character.length;
        });
      }),
    );
  });

  it('converts positions in a long text without a linear search', () => {
    const size = 200_000;
    const own = new CodePointText('😀'.repeat(size));

    // A linear search would take 20 billion steps.
    for (let position = 0; position < size; position += 1)
      if (own.positionOf(2 * position) !== position) expect.fail(`${position}`);
  });

  it('counts bytes from the code points that take more than one', () => {
    fc.assert(
      fc.property(text, fc.nat(40), (words, position) => {
        const before = [...words].slice(0, position);
        const multibyte = [...words]
          .map((character, at) => ({ at, bytes: Buffer.byteLength(character) }))
          .filter(({ bytes }) => bytes > 1);
        const many = countBelow(
          multibyte.map(({ at }) => at),
          before.length,
        );
        const bytes = multibyte.slice(0, many).reduce((sum, character) => sum + character.bytes - 1, before.length);
        expect(bytes).toBe(Buffer.byteLength(before.join('')));
      }),
    );
  });
});

describe('the digest of a passage', () => {
  it('is the first half of a SHA-256 in hexadecimal', () => {
    expect(passageDigest('abc')).toBe('ba7816bf8f01cfea');
  });
});
