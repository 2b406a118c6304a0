import { describe, expect, it } from 'vitest';
import { mapMaybePromise } from './mapMaybePromise.js';
import { currentReadLimits, isOver, withReadLimits } from './readLimits.js';

const later = (value: number): Promise<number> => new Promise((resolve) => setImmediate(() => resolve(value)));

describe('the read limits of a request', () => {
  it('apply to what it reads at once and to what it reads after other values, and to nothing else', async () => {
    const [a, b] = [{ deadline: 1 }, { deadline: 2 }];
    const seen: unknown[] = [];
    const read = () =>
      mapMaybePromise(later(1), (value) => {
        seen.push(currentReadLimits());
        return mapMaybePromise(later(value + 1), () => {
          seen.push(currentReadLimits());
          return mapMaybePromise(3, () => currentReadLimits());
        });
      });

    const results = [withReadLimits(a, read), withReadLimits(b, read), read()];
    const outside = currentReadLimits();

    expect(await Promise.all(results)).toEqual([a, b, undefined]);
    expect(seen).toEqual([a, b, undefined, a, b, undefined]);
    expect(outside).toBeUndefined();
  });

  it('are over after the deadline, or when nobody waits for the response', () => {
    expect(isOver({})).toBe(false);
    expect(isOver({ deadline: performance.now() - 1 })).toBe(true);
    expect(isOver({ deadline: performance.now() + 60_000, isAborted: () => false })).toBe(false);
    expect(isOver({ isAborted: () => true })).toBe(true);
  });
});
