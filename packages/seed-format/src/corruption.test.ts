import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corruptions } from './testing/corruptions.js';
import { ruritania } from './testing/ruritania.js';
import { changed, readContents, valueAt } from './testing/seedFolder.js';

const RUNS = { numRuns: 250 };

describe('a corruption of a single value', () => {
  it('changes that value only, in seeds that are otherwise valid', () => {
    fc.assert(
      fc.property(corruptions, ({ file, path, value }) => {
        const valid = ruritania();
        const before = valueAt(valid, file, path);
        const corrupted = changed({ [file]: { [path]: value } });

        expect(valueAt(corrupted, file, path)).toEqual(value);
        expect(value).not.toEqual(before);
        for (const other of Object.keys(valid).filter((name) => name !== file))
          expect(corrupted[other]).toEqual(valid[other]);
      }),
      RUNS,
    );

    expect(readContents(ruritania()).problems).toEqual([]);
  });

  it('is always rejected, with an existing file and line', () => {
    fc.assert(
      fc.property(corruptions, ({ file, path, value }) => {
        const { problems } = readContents(changed({ [file]: { [path]: value } }));

        expect(problems.length).toBeGreaterThan(0);
        expect(problems.every(({ stands, message }) => stands !== null && message.includes('expected'))).toBe(true);
      }),
      RUNS,
    );
  });

  it('is generated for every kind of change', () => {
    const kinds = new Set(fc.sample(corruptions, { numRuns: 2000, seed: 1 }).map(({ kind }) => kind));

    expect(kinds.size).toBe(12);
  });
});
