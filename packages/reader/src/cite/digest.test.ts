import { describe, expect, it } from 'vitest';
import { digestOf } from './digest.js';

describe('the digest of a record', () => {
  it('is the same for the same values, in whatever order their names are', () => {
    expect(digestOf({ a: [1, { c: null, b: 'x' }], d: undefined })).toBe(
      digestOf({ d: null, a: [1, { b: 'x', c: null }] }),
    );
  });

  it('changes with each value', () => {
    const digests = [{ a: 1 }, { a: '1' }, { a: [1] }, { b: 1 }, { a: null }].map(digestOf);

    expect(new Set(digests).size).toBe(digests.length);
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{16}$/);
  });
});
